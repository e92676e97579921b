package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts key}: makes the key that seals, or puts a new one in its place. */
@Command(name = "key", description = "Make the key that seals secrets, or put a new one in its place.")
public final class AccountsKeyCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--new", paramLabel = "FILE", description = "Make a key in a file that is not there yet.")
    private @Nullable Path file;

    @Option(
            names = "--renew",
            description = "Add a key to JANGBU_CREDENTIAL_KEY_FILE, seal every secret with it, forget the old ones.")
    private boolean renew;

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsKeyCommand() {
        this(System.getenv());
    }

    AccountsKeyCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        if ((file != null) == renew) {
            throw new JobFailure(ExitCode.USAGE, "accounts key: expected --new FILE or --renew");
        }
        if (file != null) {
            new KeyFile(file).create();
            print("key written to " + file + "; name it in " + KeyFile.SETTING + " and back it up");
            return ExitCode.DONE;
        }
        KeyFile key = KeyFile.from(environment);
        key.renew();
        int sealed = new AccountsDatabase(environment, options).inTransaction(AccountStore::sealAll);
        key.keepOnlySealing();
        print(sealed + " secrets sealed with a new key");
        return ExitCode.DONE;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
