package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts rotate NAME --secret …}: other secrets for an account; its tokens are forgotten. */
@Command(name = "rotate", description = "Give an account other secrets; its tokens are forgotten, its data stays.")
public final class AccountsRotateCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final InputStream standardInput;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "As accounts list shows it.")
    private String name = "";

    @Option(
            names = "--secret",
            paramLabel = "NAME=FILE",
            description = "A secret and the file it is in, - for standard input; once for each.")
    private Map<String, String> secretFiles = Map.of();

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsRotateCommand() {
        this(System.getenv(), System.in);
    }

    AccountsRotateCommand(Map<String, String> environment, InputStream standardInput) {
        this.environment = Map.copyOf(environment);
        this.standardInput = standardInput;
    }

    @Override
    public ExitCode call() {
        Account rotated = new AccountsDatabase(environment, options).inTransaction(store -> {
            Account account = store.named(name);
            Map<String, String> secrets = new SecretFiles(standardInput).read(account.channel(), secretFiles);
            if (!options.isDryRun()) {
                store.add(account, new Credential(secrets, null));
            }
            return account;
        });
        spec.commandLine().getOut().println((options.isDryRun() ? "would rotate " : "rotated ") + rotated.id());
        return ExitCode.DONE;
    }
}
