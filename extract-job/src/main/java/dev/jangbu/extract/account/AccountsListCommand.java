package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts list}: the accounts, and what their owners are to do. Shows no secret. */
@Command(name = "list", description = "The accounts, and what their owners are to do.")
final class AccountsListCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOptions options = new RunOptions();

    AccountsListCommand() {
        this(System.getenv());
    }

    AccountsListCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        List<Account> accounts = new AccountsDatabase(environment, options).inTransaction(AccountStore::all);
        PrintWriter out = spec.commandLine().getOut();
        if (accounts.isEmpty()) {
            out.println("no accounts; accounts add makes one");
        }
        for (Account account : accounts) {
            out.println(line(account));
        }
        return ExitCode.DONE;
    }

    private static String line(Account account) {
        Attention attention = account.attention();
        String state = attention == null ? "active" : attention + ": " + attention.remedy();
        return String.format(
                Locale.ROOT,
                "%-24s %-32s %-8s %s",
                account.tenant(),
                account.id(),
                account.channel().word(),
                state);
    }
}
