package dev.jangbu.extract;

import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.files.FilesOptions;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.simulator.SimulatorOptions;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.SourceOptions;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar events --ds 2026-01-15 --source simulator}. */
@Command(
        name = "extract-job",
        description = "Brings one business day of a source into the landing, as raw JSON Lines.",
        sortOptions = false,
        subcommands = AccountsCommand.class,
        footer = {
            "",
            "Examples:",
            "  extract-job events --ds 2026-01-15 --source simulator --users 500 --seed 7",
            "  extract-job events --ds 2019-10-01 --source files --input 2019-Oct.csv.gz --mapping rees46",
            "  extract-job events --ds 2026-01-15 --source files --input late.jsonl --append-late",
            "  extract-job orders --account cafe24-hlogdemo --ds 2026-03-02",
            "  extract-job card-sales --account mysql-acquirer --ds 2026-03-02",
            "  extract-job orders --account ably-hlog --source ably-export --input orders.csv --ds 2026-03-02"
        })
final class ExtractCommand implements Callable<ExitCode> {
    private static final String JOB = "extract-job";
    private static final String EVENTS = "events";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATASET",
            description = "The kind of record: events, orders, refunds, products, coupons, web-traffic or card-sales.")
    private String dataset = "none given";

    @Mixin
    private DayOptions days = new DayOptions();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description =
                    "Where the records come from. events: simulator or files. Others: the account's platform, unless"
                            + " one of its file sources is named.")
    private String source = "";

    @Mixin
    private ShopOptions shop = new ShopOptions();

    @Mixin
    private SimulatorOptions simulator = new SimulatorOptions();

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Option(
            names = "--append-late",
            description =
                    "Leave the day's landing as it is and put the rows of the file --input behind it. Then transform,"
                            + " load and build the day again.")
    private boolean appendLate;

    @Option(
            names = "--late-window",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "With --append-late: how many days after its own a day still takes late files (default:"
                    + " ${DEFAULT-VALUE}); what comes later is refused.")
    private int lateWindow;

    @Option(
            names = "--drop-late",
            description = "Extract the day without the late files that were appended to it, which otherwise stay.")
    private boolean dropLate;

    @Option(names = "--gzip", description = "Write the landing compressed.")
    private boolean gzip;

    @Mixin
    private RunOptions options = new RunOptions();

    ExtractCommand() {
        this(System.getenv());
    }

    ExtractCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Exit codes: see {@link ExitCode}. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new ExtractCommand(), arguments));
    }

    @Override
    public ExitCode call() {
        if (dataset.equals(EVENTS)) {
            refuseGiven(shop, "a shop's dataset, such as orders");
            days.days();
            EventSource opened = chosen().open();
            LateFiles late = late();
            return days.forEachDay(day -> run(day, opened, late));
        }
        requireShopDataset();
        requireShopOptions();
        days.days();
        ShopRun run = new ShopRun(environment, options, dataset, shop.window());
        ShopSource opened = run.open(shop.source(source), new ShopSources.Input(files.input(), files.mapping()));
        return days.forEachDay(day -> run(day, run, opened));
    }

    private ExitCode run(LocalDate day, ShopRun run, ShopSource opened) {
        if (options.isDryRun()) {
            spec.commandLine().getOut().println(run.plan(day, opened));
            return ExitCode.DONE;
        }
        return shop.isJoining() ? run.joined(day, opened, format()) : run.of(day, opened, format());
    }

    private void requireShopDataset() {
        Set<String> known = Arrays.stream(Channel.values())
                .flatMap(channel -> channel.datasets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!known.contains(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + dataset + " (expected: " + EVENTS + ", " + String.join(", ", known) + ")");
        }
    }

    private void requireShopOptions() {
        Set<String> fitting = new HashSet<>(Set.of("--source", "--input", "--mapping", "--gzip"));
        for (Object group : List.of(days, shop, options)) {
            fitting.addAll(CommandSpec.forAnnotatedObject(group).optionsMap().keySet());
        }
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (!fitting.contains(given.longestName())) {
                throw new JobFailure(
                        ExitCode.USAGE, given.longestName() + ": given with " + dataset + " (expected: with events)");
            }
        }
    }

    private LandingFormat format() {
        return gzip ? LandingFormat.compressed() : LandingFormat.plain();
    }

    private LateFiles late() {
        if (!appendLate) {
            return dropLate ? new LateFiles.Dropped() : new LateFiles.Kept();
        }
        if (dropLate) {
            throw new JobFailure(ExitCode.USAGE, "--drop-late: given with --append-late (expected: one of them)");
        }
        if (!source.equals(files.source())) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--append-late: given with --source " + source + " (expected: --source files --input FILE)");
        }
        return new LateFiles.Appended(files.onlyFile(), lateWindow);
    }

    private ExitCode run(LocalDate day, EventSource opened, LateFiles late) {
        RunRequest request = options.request(JOB, EVENTS, RunRequest.WHOLE, day);
        if (options.isDryRun()) {
            tellPlan(request, opened, late);
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, EventsConfiguration.class, opened, format(), late);
    }

    private void tellPlan(RunRequest request, EventSource opened, LateFiles late) {
        PrintWriter out = spec.commandLine().getOut();
        String doing = late instanceof LateFiles.Appended ? "append to " : "extract ";
        out.println("would " + doing + EVENTS + " of " + request.businessDate() + " from " + opened.plan()
                + ", profile " + opened.profile() + ", into "
                + request.workspace()
                        .landing(EVENTS, RunRequest.WHOLE, request.businessDate())
                        .path());
    }

    private SourceOptions chosen() {
        List<SourceOptions> all = List.of(simulator, files);
        SourceOptions chosen = all.stream()
                .filter(candidate -> candidate.source().equals(source))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        ExitCode.USAGE,
                        "--source: " + (source.isEmpty() ? "missing" : source) + " (expected: "
                                + all.stream().map(SourceOptions::source).collect(Collectors.joining(" or ")) + ")"));
        all.stream()
                .filter(other -> other != chosen)
                .forEach(other -> refuseGiven(other, "--source " + other.source()));
        return chosen;
    }

    private void refuseGiven(Object others, String expected) {
        CommandSpec theirs = CommandSpec.forAnnotatedObject(others);
        for (String name : theirs.optionsMap().keySet()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
                String with = source.isEmpty() ? dataset : "--source " + source;
                throw new JobFailure(ExitCode.USAGE, name + ": given with " + with + " (expected: " + expected + ")");
            }
        }
    }
}
