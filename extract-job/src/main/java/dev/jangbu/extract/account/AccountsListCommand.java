package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts list}: the accounts, and what their owners are to do. Shows no secret. */
@Command(name = "list", description = "The accounts, and what their owners are to do.")
public final class AccountsListCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--active", description = "Only those that need nobody's attention.")
    private boolean isActive;

    @Option(names = "--json", description = "As one JSON array, for programs.")
    private boolean isJson;

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsListCommand() {
        this(System.getenv());
    }

    AccountsListCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        List<Account> accounts = new AccountsDatabase(environment, options)
                .all().stream()
                        .filter(account -> !isActive || account.attention() == null)
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.line(accounts.stream().map(Listed::of).toList()));
            return ExitCode.DONE;
        }
        if (accounts.isEmpty()) {
            out.println("no accounts; accounts add makes one");
        }
        accounts.stream().map(AccountsListCommand::line).forEach(out::println);
        return ExitCode.DONE;
    }

    /** An account for programs, such as the DAG that runs them all. */
    private record Listed(String accountId, String tenantId, String channel, String status, List<String> datasets) {
        static Listed of(Account account) {
            return new Listed(
                    account.id(),
                    account.tenant(),
                    account.channel().word(),
                    account.attention() == null ? "ACTIVE" : "NEEDS_ATTENTION",
                    account.channel().datasets());
        }
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
