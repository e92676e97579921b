package dev.jangbu.mart;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.mart.anomalies.AnomaliesCommand;
import dev.jangbu.mart.build.BuildCommand;
import dev.jangbu.mart.catalog.DictionaryCommand;
import dev.jangbu.mart.catalog.ListCommand;
import dev.jangbu.mart.dashboard.DashboardCommand;
import dev.jangbu.mart.gaps.GapsCommand;
import dev.jangbu.mart.jobs.JobsCommand;
import dev.jangbu.mart.plan.PlanCommand;
import dev.jangbu.mart.report.ReportCommand;
import dev.jangbu.mart.sales.SalesDashboardCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mart-job.jar}: builds marts and tells about them. */
@Command(
        name = "mart-job",
        description = "Build the marts of a business day, and tell about them.",
        subcommands = {
            BuildCommand.class,
            ReportCommand.class,
            DashboardCommand.class,
            SalesDashboardCommand.class,
            AnomaliesCommand.class,
            JobsCommand.class,
            GapsCommand.class,
            PlanCommand.class,
            ListCommand.class,
            DictionaryCommand.class
        })
public final class MartCommand implements Callable<ExitCode> {
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new MartCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        throw new JobFailure(
                ExitCode.USAGE, "command: none (expected: one of build, list, …; see `java -jar mart-job.jar --help`)");
    }
}
