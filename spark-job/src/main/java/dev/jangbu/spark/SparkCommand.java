package dev.jangbu.spark;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.spark.aggregate.AggregateCommand;
import dev.jangbu.spark.check.ValidateCommand;
import dev.jangbu.spark.erase.EraseCommand;
import dev.jangbu.spark.lake.LakeCommand;
import dev.jangbu.spark.lake.SqlCommand;
import dev.jangbu.spark.mart.MartCommand;
import dev.jangbu.spark.session.ProcessEnd;
import java.util.concurrent.Callable;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine.Command;

/**
 * {@code spark-job.jar}: run by itself, or given to {@code spark-submit}. Exit codes: 0 done, 10 a day did not pass, 1 failed, 2 bad arguments or
 * settings, 11 database or cluster away, 12 day held.
 */
@Command(
        name = "spark-job",
        description =
                "Aggregates days of events on Spark, checks them, builds their marts and keeps them in a lake, on this machine or a cluster.",
        subcommands = {
            AggregateCommand.class,
            ValidateCommand.class,
            MartCommand.class,
            LakeCommand.class,
            SqlCommand.class,
            EraseCommand.class
        })
public final class SparkCommand implements Callable<ExitCode> {
    public static void main(String[] arguments) throws SparkUserAppException {
        ProcessEnd.with(CommandRunner.run(new SparkCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        throw new JobFailure(
                ExitCode.USAGE,
                "command: none (expected: aggregate, validate, mart, lake, sql or erase; see `java -jar spark-job.jar --help`)");
    }
}
