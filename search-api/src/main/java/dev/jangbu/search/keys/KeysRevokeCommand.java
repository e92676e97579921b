package dev.jangbu.search.keys;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code search-api keys revoke NAME}: opens nothing from the next request on. */
@Command(name = "revoke", description = "Take a key back, at once; a session begun with it ends too.")
public final class KeysRevokeCommand implements Callable<ExitCode> {
    private static final String REVOKE = """
            UPDATE ops.api_key AS granted SET revoked_at = CLOCK_TIMESTAMP()
            WHERE granted.name = :name AND granted.revoked_at IS NULL""";

    @Parameters(paramLabel = "NAME", description = "As it was added.")
    private String name = "";

    @Mixin
    private KeyDatabase database = new KeyDatabase();

    @Override
    public ExitCode call() {
        return database.run(handle -> {
            if (handle.createUpdate(REVOKE).bind("name", name).execute() == 0) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "NAME: " + name + " (expected: a key of `search-api keys list` that is not revoked)");
            }
            System.out.println(name + " revoked");
            return ExitCode.DONE;
        });
    }
}
