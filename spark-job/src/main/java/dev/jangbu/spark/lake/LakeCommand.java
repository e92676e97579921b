package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code spark-job.jar lake put|history|rollback|retain|tidy events}: days of events in the lake. */
@Command(
        name = "lake",
        description =
                "Puts days of clean events into the lake, tells its history, goes back to a former state, and removes"
                        + " what is old.",
        subcommands = {
            LakePutCommand.class,
            LakeHistoryCommand.class,
            LakeRollbackCommand.class,
            LakeRetainCommand.class,
            LakeTidyCommand.class
        })
public final class LakeCommand implements Callable<ExitCode> {
    static final String JOB = "spark-job";
    static final String SLICE = "lake";

    @Override
    public ExitCode call() {
        throw new JobFailure(
                ExitCode.USAGE,
                "lake: none (expected: put, history, rollback, retain or tidy; see `java -jar spark-job.jar lake --help`)");
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} for any table but the one there is */
    static String requireEvents(@Nullable String dataset) {
        if (!EventsTable.NAME.equals(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + (dataset == null ? "none given" : dataset) + " (expected: " + EventsTable.NAME + ")");
        }
        return EventsTable.NAME;
    }
}
