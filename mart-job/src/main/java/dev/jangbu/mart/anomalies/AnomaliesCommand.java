package dev.jangbu.mart.anomalies;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mart-job.jar anomalies --ds D}: the card sales of a day that do not fit, store by store. */
@Command(
        name = "anomalies",
        description = "Tell which card sales of a day do not fit, store by store; writes reports/anomalies/<ds>.json.")
public final class AnomaliesCommand implements Callable<ExitCode> {
    private static final String DATASET = "card-sales";

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DayOptions days = new DayOptions();

    @Override
    public ExitCode call() {
        return days.forEachDay(this::report);
    }

    private ExitCode report(LocalDate day) {
        if (run.isDryRun()) {
            System.out.println("would tell the anomalies of " + day + " and write "
                    + run.workspace().anomalyReport(day));
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(run.isVerbose())
                .run(run.request("mart-job", DATASET, "anomalies", day), AnomaliesConfiguration.class);
    }
}
