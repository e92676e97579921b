package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkSettings;
import dev.jangbu.spark.session.SparkStart;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar lake put events --ds D}: the day's clean files in the place of the day's rows in the lake. Each day
 * is a run and a commit of its own; one whose files the lake has already changes nothing.
 */
@Command(name = "put", description = "Replaces days in lake.events by their clean files.", sortOptions = false)
final class LakePutCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private @Nullable String dataset;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    LakePutCommand() {
        this(System.getenv());
    }

    LakePutCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        String events = LakeCommand.requireEvents(dataset);
        List<LocalDate> asked = days.days();
        SparkSettings settings = spark.settings(options.workspace(), environment);
        LakeSettings lake = LakeSettings.from(environment, options.workspace());
        if (options.isDryRun()) {
            asked.forEach(day -> System.out.println("would replace " + day + " of " + EventsTable.IN_SQL + " in "
                    + lake.warehouse() + " by the files named in "
                    + options.workspace().clean(events, "all", day).manifestFile()));
            return ExitCode.DONE;
        }
        try (SparkStart start = SparkStart.begin(settings)) {
            return days.forEachDay(day -> JobRunner.ofProcess(options.isVerbose())
                    .run(
                            options.request(LakeCommand.JOB, events, LakeCommand.SLICE, day),
                            LakePutConfiguration.class,
                            start,
                            lake));
        }
    }
}
