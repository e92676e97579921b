package dev.jangbu.mart.plan;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.run.Version;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.mart.books.BookDatabase;
import dev.jangbu.mart.report.Terminal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code mart-job.jar plan --from D --to D}: what a backfill of the range would rewrite, a line a day, and how long it may
 * take; the last line is JSON. Changes nothing, takes no lock.
 */
@Command(
        name = "plan",
        description = "Say what a backfill of a range would rewrite, and how long it may take; change nothing.",
        sortOptions = false)
public final class PlanCommand implements Callable<ExitCode> {
    private static final String DATASET = "events";

    private final Map<String, String> environment;
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "The kind of record: events.")
    private String dataset = DATASET;

    @Mixin
    private final DayOptions days = new DayOptions();

    @Mixin
    private final RunOptions run = new RunOptions();

    public PlanCommand() {
        this(System.getenv(), Terminal.ofProcess());
    }

    PlanCommand(Map<String, String> environment, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        long start = System.nanoTime();
        if (!dataset.equals(DATASET)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + DATASET + ")");
        }
        List<LocalDate> asked = days.days();
        Plan plan = new BookDatabase(environment, run)
                .read(handle -> new PlanReader(handle, dataset, run.workspace()).read(asked));
        PlanText.lines(plan, BusinessCalendar.from(environment).zone(), terminal.ink())
                .forEach(terminal.out()::println);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "mart-job");
        summary.put("dataset", dataset);
        summary.put("slice", "plan");
        summary.put("status", ExitCode.DONE.status());
        summary.put("exit_code", ExitCode.DONE.code());
        summary.putAll(plan.summary());
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        terminal.out().println(Json.line(summary));
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
