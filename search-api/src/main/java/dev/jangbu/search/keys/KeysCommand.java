package dev.jangbu.search.keys;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code search-api keys add|list|revoke}. */
@Command(
        name = "keys",
        description = "Give out, show and revoke the keys of the search API; needs the rights of jangbu_job.",
        subcommands = {KeysAddCommand.class, KeysListCommand.class, KeysRevokeCommand.class})
public final class KeysCommand implements Callable<ExitCode> {
    @Override
    public ExitCode call() {
        throw new JobFailure(ExitCode.USAGE, "keys: what? (expected: add, list or revoke)");
    }
}
