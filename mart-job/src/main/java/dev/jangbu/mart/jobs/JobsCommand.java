package dev.jangbu.mart.jobs;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mart-job.jar jobs}: what ran and how it ended. */
@Command(
        name = "jobs",
        description = "What ran and how it ended: the last business dates, or one in full.",
        subcommands = {JobsListCommand.class, JobsShowCommand.class})
public final class JobsCommand implements Callable<ExitCode> {
    @Override
    public ExitCode call() {
        throw new JobFailure(ExitCode.USAGE, "command: none (expected: jobs list, or jobs show --ds 2026-01-15)");
    }
}
