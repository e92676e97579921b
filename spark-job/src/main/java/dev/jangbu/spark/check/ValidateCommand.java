package dev.jangbu.spark.check;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkSettings;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.transform.JudgingOptions;
import dev.jangbu.transform.TransformOptions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar validate events --ds D}: what {@code transform-job.jar events --ds D} does, on Spark. It runs in that
 * job's place and under its name, so that the two never write one day at once and whoever reads need not ask which it was.
 */
@Command(
        name = "validate",
        description = "Checks a day's raw lines on Spark: the same verdict, rejects and clean rows as transform-job's.",
        sortOptions = false)
public final class ValidateCommand implements Callable<ExitCode> {
    /** Whose place it takes. */
    static final String JOB = "transform-job";

    static final String EVENTS = "events";

    private final Map<String, String> environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private String dataset = "none given";

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public ValidateCommand() {
        this(System.getenv());
    }

    ValidateCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        if (!EVENTS.equals(dataset)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + EVENTS + ")");
        }
        List<LocalDate> asked = days.days();
        TransformOptions transform = judging.read(dataset);
        SparkSettings settings = spark.settings(options.workspace(), environment);
        if (options.isDryRun()) {
            asked.forEach(day -> tell(day, settings));
            return ExitCode.DONE;
        }
        try (SparkStart start = SparkStart.begin(settings)) {
            return days.forEachDay(day -> JobRunner.ofProcess(options.isVerbose())
                    .run(request(day), CheckConfiguration.class, transform, start));
        }
    }

    private RunRequest request(LocalDate day) {
        return options.request(JOB, EVENTS, RunRequest.WHOLE, day);
    }

    private void tell(LocalDate day, SparkSettings settings) {
        System.out.println("would check "
                + options.workspace().landing(EVENTS, RunRequest.WHOLE, day).path() + " on " + settings.master()
                + ", and write clean, rejects and "
                + options.workspace().qualityReport(EVENTS, RunRequest.WHOLE, day));
    }
}
