package dev.jangbu.mart.report;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mart-job.jar report --ds D}: what became of a day, on the screen and in {@code reports/run/<ds>.json}. */
@Command(
        name = "report",
        description = "Tells what became of a day: checks, ledger, marts, seconds; writes reports/run/<ds>.json.")
public final class ReportCommand implements Callable<ExitCode> {
    private static final String DATASET = "events";

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--json", description = "Print the report as one line of JSON in place of the summary.")
    private boolean json;

    @Override
    public ExitCode call() {
        return days.forEachDay(this::report);
    }

    private ExitCode report(LocalDate day) {
        if (run.isDryRun()) {
            System.out.println("would report " + DATASET + " " + day + " and write "
                    + run.workspace().runReport(day));
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(run.isVerbose())
                .run(
                        run.request(RunStep.MART_JOB, DATASET, RunStep.REPORT, day),
                        ReportConfiguration.class,
                        Terminal.ofProcess(),
                        new ReportOptions(json));
    }
}
