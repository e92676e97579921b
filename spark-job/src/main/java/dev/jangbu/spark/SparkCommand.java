package dev.jangbu.spark;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.spark.aggregate.AggregateCommand;
import dev.jangbu.spark.lake.LakeCommand;
import dev.jangbu.spark.lake.SqlCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code spark-job.jar}: run by itself, or given to {@code spark-submit}. Exit codes: 0 done, 1 failed, 2 bad arguments or
 * settings, 11 database or cluster away, 12 day held.
 */
@Command(
        name = "spark-job",
        description = "Aggregates days of events on Spark, on this machine or a cluster, and keeps them in a lake.",
        subcommands = {AggregateCommand.class, LakeCommand.class, SqlCommand.class})
public final class SparkCommand implements Callable<ExitCode> {
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new SparkCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        throw new JobFailure(
                ExitCode.USAGE,
                "command: none (expected: aggregate, lake or sql; see `java -jar spark-job.jar --help`)");
    }
}
