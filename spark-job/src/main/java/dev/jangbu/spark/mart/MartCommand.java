package dev.jangbu.spark.mart;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.mart.build.DayEnd;
import dev.jangbu.mart.build.DayOfMarts;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code spark-job.jar mart events --mart NAME|all --ds D}: what {@code mart-job.jar build --mart NAME --ds D} does, its query
 * run by Spark. It runs in that job's place and under its name: same lock, same books.
 */
@Command(
        name = "mart",
        description =
                "Builds a mart of a business day with its query on Spark: the same rows and checks as mart-job's.",
        sortOptions = false)
public final class MartCommand implements Callable<ExitCode> {
    /** Whose place it takes. */
    static final String JOB = "mart-job";

    static final String EVENTS = "events";
    private static final String ALL = "all";

    private final Map<String, String> environment;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private String dataset = "none given";

    @Option(names = "--mart", paramLabel = "NAME", description = "The mart (see mart-job's `list`), or all of events.")
    private @Nullable String mart;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private SparkOptions spark = new SparkOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public MartCommand() {
        this(System.getenv());
    }

    MartCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public ExitCode call() {
        if (!EVENTS.equals(dataset)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + EVENTS + ")");
        }
        List<Mart> marts = marts();
        List<LocalDate> asked = days.days();
        SparkSettings settings = spark.settings(options.workspace(), environment);
        if (options.isDryRun()) {
            asked.forEach(day -> marts.forEach(each -> tell(each, day, settings)));
            return ExitCode.DONE;
        }
        try (SparkStart start = SparkStart.begin(settings);
                DayEvents events = new DayEvents(start, marts)) {
            return days.forEachDay(day -> build(marts, day, events));
        }
    }

    private List<Mart> marts() {
        List<Mart> ofEvents = MartCatalog.packaged().ofDataset(EVENTS);
        if (ALL.equals(mart)) {
            return ofEvents;
        }
        List<Mart> named =
                ofEvents.stream().filter(each -> each.name().equals(mart)).toList();
        if (named.isEmpty()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--mart: " + (mart == null ? "none" : mart) + " (expected: "
                            + String.join(
                                    ", ",
                                    ofEvents.stream().map(Mart::name).sorted().toList()) + ", or " + ALL + ")");
        }
        return named;
    }

    private ExitCode build(List<Mart> marts, LocalDate day, DayEvents events) {
        long start = System.nanoTime();
        DayEnd end = new DayOfMarts(marts, 1, each -> build(each, day, events)).run();
        if (ALL.equals(mart)) {
            System.out.println(Json.line(end.summary(JOB, EVENTS, day, Seconds.since(start))));
            System.out.flush();
        }
        return end.code();
    }

    private ExitCode build(Mart each, LocalDate day, DayEvents events) {
        return JobRunner.ofProcess(options.isVerbose())
                .run(options.request(JOB, EVENTS, each.name(), day), MartConfiguration.class, each, events);
    }

    private static void tell(Mart each, LocalDate day, SparkSettings settings) {
        System.out.println("would replace " + day + " of " + each.metadata().target() + " by its query on "
                + settings.master() + ", with " + each.checks().size() + " checks");
    }
}
