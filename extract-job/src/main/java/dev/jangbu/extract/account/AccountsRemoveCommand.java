package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts remove NAME}: its secrets are gone, what was loaded from it stays. */
@Command(name = "remove", description = "Remove an account and its secrets; what was loaded from it stays.")
public final class AccountsRemoveCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "As accounts list shows it.")
    private String name = "";

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsRemoveCommand() {
        this(System.getenv());
    }

    AccountsRemoveCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        new AccountsDatabase(environment, options).inTransaction(store -> {
            Account account = store.named(name);
            if (!options.isDryRun()) {
                store.remove(name);
            }
            return account;
        });
        spec.commandLine().getOut().println((options.isDryRun() ? "would remove " : "removed ") + name);
        return ExitCode.DONE;
    }
}
