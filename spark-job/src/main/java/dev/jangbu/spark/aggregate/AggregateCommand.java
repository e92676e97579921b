package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkSettings;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.spark.store.Store;
import dev.jangbu.transform.JudgingOptions;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar aggregate events --from D --to D}: the aggregations of each day, by one session of Spark's. Each
 * day is a run of its own with its own lock and summary, and is replaced as a whole.
 */
@Command(
        name = "aggregate",
        description = "Aggregates a day's clean events: funnel, traffic by the hour, products, sessions and patterns.",
        sortOptions = false)
public final class AggregateCommand implements Callable<ExitCode> {
    static final String JOB = "spark-job";
    static final String EVENTS = "events";
    static final String SLICE = "aggregate";

    private static final Map<String, String> PLAIN = Map.of(
            // Planning what is left of a query after each of its stages.
            "spark.sql.adaptive.enabled", "false",
            // Code for a small map before the large one: a day's users and sessions outgrow it.
            "spark.sql.codegen.aggregate.map.twolevel.enabled", "false");

    private final Map<String, String> environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private String dataset = "none given";

    @Option(
            names = "--source",
            paramLabel = "NAME|URL",
            defaultValue = "clean",
            description = "What is read: clean, the day's checked files; landing, its raw lines as far as they pass;"
                    + " lake, what was put there; or checked files below a URL such as s3a://bucket/folder"
                    + " (default: ${DEFAULT-VALUE}).")
    private String source = EventSource.CLEAN;

    @Option(
            names = "--out",
            paramLabel = "URL",
            defaultValue = "",
            description = "Where the tables go, such as s3a://bucket/folder (default: the workspace).")
    private String out = "";

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public AggregateCommand() {
        this(System.getenv());
    }

    AggregateCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        if (!EVENTS.equals(dataset)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + EVENTS + ")");
        }
        List<LocalDate> asked = days.days();
        EventSource events = EventSource.of(source, judging.read(dataset), environment);
        TableTarget target = TableTarget.of(out, environment);
        SparkSettings settings = plainly(spark.settings(options.workspace(), environment));
        for (Optional<Store> store : List.of(events.store(), target.store())) {
            settings = store.map(Store::spark).map(settings::with).orElse(settings);
        }
        return run(asked, settings, events, target);
    }

    private ExitCode run(List<LocalDate> asked, SparkSettings settings, EventSource events, TableTarget target) {
        if (options.isDryRun()) {
            asked.forEach(day -> tell(day, settings, target));
            return ExitCode.DONE;
        }
        try (SparkStart start = SparkStart.begin(settings)) {
            return days.forEachDay(day -> JobRunner.ofProcess(options.isVerbose())
                    .run(
                            options.request(JOB, EVENTS, SLICE, day),
                            AggregateConfiguration.class,
                            start,
                            events,
                            target));
        }
    }

    /** What on one machine costs more than it saves. */
    private static SparkSettings plainly(SparkSettings settings) {
        return settings.isLocal() ? settings.with(PLAIN) : settings;
    }

    private void tell(LocalDate day, SparkSettings settings, TableTarget target) {
        String place = target.store()
                .map(store -> store.day("aggregates", EVENTS, day).url())
                .orElseGet(() -> WorkspacePlace.folder(options.workspace(), EVENTS, day)
                        .path()
                        .toString());
        System.out.println("would replace " + place + " by " + String.join(", ", DayAggregation.NAMES) + " on "
                + settings.master());
    }
}
