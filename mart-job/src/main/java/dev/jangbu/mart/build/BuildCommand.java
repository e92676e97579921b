package dev.jangbu.mart.build;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar build --mart mart_orders --ds D}: one mart of a day, or all of them. Each mart is a run of its own
 * with its own lock and summary; for all of them one more summary, the last line, says how each ended.
 */
@Command(name = "build", description = "Build a mart of a business day, replacing the day in one transaction.")
public final class BuildCommand implements Callable<ExitCode> {
    private static final String JOB = "mart-job";
    private static final String DATASET = "events";

    /** In place of a mart's name. */
    static final String ALL = "all";

    /** Each mart at work takes three connections, and memory of the server. */
    private static final int MOST_PARALLEL = 16;

    @Option(
            names = "--mart",
            required = true,
            paramLabel = "NAME",
            description = "The mart (see `list`), or all: each after those it depends on.")
    private String mart = ALL;

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

    @Override
    public ExitCode call() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new JobFailure(ExitCode.USAGE, "--parallel: " + parallel + " (expected: 1.." + MOST_PARALLEL + ")");
        }
        List<Mart> marts =
                ALL.equals(mart) ? MartCatalog.packaged().inBuildingOrder() : List.of(MartCatalog.packaged(mart));
        return days.forEachDay(day -> build(marts, day));
    }

    private ExitCode build(List<Mart> marts, LocalDate day) {
        long start = System.nanoTime();
        DayEnd end = new DayOfMarts(marts, parallel, each -> build(each, day)).run();
        if (ALL.equals(mart) && !options.isDryRun()) {
            System.out.println(Json.line(end.summary(JOB, DATASET, day, Seconds.since(start))));
            System.out.flush();
        }
        return end.code();
    }

    private ExitCode build(Mart one, LocalDate day) {
        RunRequest request = options.request(JOB, one.metadata().source().dataset(), one.name(), day);
        if (options.isDryRun()) {
            System.out.println("would replace " + day + " of " + one.metadata().target() + " by a query over "
                    + one.metadata().source().table() + ", with "
                    + one.checks().size() + " checks");
            return ExitCode.DONE;
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, MartBuildConfiguration.class, one);
    }
}
