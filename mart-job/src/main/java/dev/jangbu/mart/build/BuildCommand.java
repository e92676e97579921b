package dev.jangbu.mart.build;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.run.SpringAhead;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar build --mart mart_orders --ds D}: one mart of a day, or all of a dataset. {@code build --dataset orders --touched}:
 * every day that loads touched, of each mart that reads the dataset. Each mart is a run of its own with its own lock and
 * summary; for several of them one more summary, the last line, says how each ended.
 */
@Command(name = "build", description = "Build a mart of a business day, replacing the day in one transaction.")
public final class BuildCommand implements Callable<ExitCode> {
    private static final String JOB = "mart-job";
    private static final String EVENTS = "events";

    /** In place of a mart's name. */
    static final String ALL = "all";

    /** Each mart at work takes three connections, and memory of the server. */
    private static final int MOST_PARALLEL = 16;

    private final Map<String, String> environment;
    private final Clock clock;

    @Option(
            names = "--mart",
            paramLabel = "NAME",
            description =
                    "The mart (see `list`), or all: each after those it depends on; with --touched all unless named.")
    private @Nullable String mart;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Whose marts all are (default: events); a mart by its name has its own.")
    private @Nullable String dataset;

    @Option(
            names = "--touched",
            description = "Build every day that loads touched and the mart does not show yet, a transaction a day.")
    private boolean touched;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many marts of a day are built at once (default: ${DEFAULT-VALUE}).")
    private int parallel = 1;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public BuildCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    BuildCommand(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public ExitCode call() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new JobFailure(ExitCode.USAGE, "--parallel: " + parallel + " (expected: 1.." + MOST_PARALLEL + ")");
        }
        List<Mart> marts = marts();
        if (touched) {
            return build(marts, dayOfRun(), TouchedBuildConfiguration.class);
        }
        return days.forEachDay(day -> build(marts, day, MartBuildConfiguration.class));
    }

    private List<Mart> marts() {
        if (mart != null && !ALL.equals(mart)) {
            return List.of(named(mart));
        }
        if (touched) {
            return MartCatalog.packaged().reading(dataset == null ? EVENTS : dataset);
        }
        if (mart == null) {
            throw new JobFailure(ExitCode.USAGE, "--mart: none (expected: a name, see `list`, or all; or --touched)");
        }
        return MartCatalog.packaged().ofDataset(dataset == null ? EVENTS : dataset);
    }

    private Mart named(String name) {
        Mart one = MartCatalog.packaged(name);
        if (dataset != null && !one.metadata().reads(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--dataset: " + dataset + " (expected: "
                            + one.metadata().source().dataset() + ", which " + name + " is built from)");
        }
        return one;
    }

    /** A run is for a day, also one that builds many: it is that of its identity, and changes nothing else. */
    private LocalDate dayOfRun() {
        if (!days.areGiven()) {
            return BusinessCalendar.from(environment).today(clock);
        }
        List<LocalDate> given = days.days();
        if (given.size() > 1) {
            throw new JobFailure(
                    ExitCode.USAGE, "--touched: with --from and --to (expected: alone, or with --ds of the run)");
        }
        return given.get(0);
    }

    private ExitCode build(List<Mart> marts, LocalDate day, Class<?> configuration) {
        if (options.isDryRun()) {
            marts.forEach(one -> tell(request(one, day), one));
            return ExitCode.DONE;
        }
        long start = System.nanoTime();
        DayEnd end = build(marts, day, JobRunner.ofProcess(options.isVerbose()), configuration);
        if (mart == null || ALL.equals(mart)) {
            String of = dataset == null ? EVENTS : dataset;
            System.out.println(Json.line(end.summary(JOB, of, day, Seconds.since(start))));
            System.out.flush();
        }
        return end.code();
    }

    private void tell(RunRequest request, Mart one) {
        System.out.println("would replace " + (touched ? "each touched day" : request.businessDate()) + " of "
                + one.metadata().target() + " by a query over "
                + one.metadata().source().table() + ", with "
                + one.checks().size() + " checks");
    }

    private DayEnd build(List<Mart> marts, LocalDate day, JobRunner runner, Class<?> configuration) {
        try (SpringAhead ahead = SpringAhead.begin(configuration, marts)) {
            return new DayOfMarts(marts, parallel, each -> runner.run(request(each, day), ahead, each)).run();
        }
    }

    private RunRequest request(Mart one, LocalDate day) {
        return options.request(JOB, one.metadata().source().dataset(), one.name(), day);
    }
}
