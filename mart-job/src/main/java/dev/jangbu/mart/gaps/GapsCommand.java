package dev.jangbu.mart.gaps;

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
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code mart-job.jar gaps --from D --to D}: the days of a range that are missing, failed or stale, and the commands that
 * mend them; the last line is JSON. Changes nothing, takes no lock. Ends with 0 also where there are gaps, which are no
 * failure of this command; with {@code --fail-on-gaps} with 1 then.
 */
@Command(
        name = "gaps",
        description = "Name the missing, failed and stale days of a range, and the commands that mend them.",
        sortOptions = false)
public final class GapsCommand implements Callable<ExitCode> {
    private static final String DATASET = "events";

    private final Map<String, String> environment;
    private final Clock clock;
    private final Terminal terminal;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "The kind of record: events.")
    private String dataset = DATASET;

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--fail-on-gaps", description = "End with exit code 1 where there are gaps, for orchestrators.")
    private boolean isFailing;

    @Mixin
    private final RunOptions run = new RunOptions();

    public GapsCommand() {
        this(System.getenv(), Clock.systemUTC(), Terminal.ofProcess());
    }

    GapsCommand(Map<String, String> environment, Clock clock, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        long start = System.nanoTime();
        if (!dataset.equals(DATASET)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + DATASET + ")");
        }
        List<LocalDate> asked = days.days();
        LocalDate lastDue = BusinessCalendar.from(environment).yesterday(clock);
        Gaps gaps =
                new BookDatabase(environment, run).read(handle -> new GapReader(handle, dataset).read(asked, lastDue));
        ExitCode code = isFailing && !gaps.gaps().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
        GapsText.lines(gaps, terminal.ink()).forEach(terminal.out()::println);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "mart-job");
        summary.put("dataset", dataset);
        summary.put("slice", "gaps");
        summary.put("status", code.status());
        summary.put("exit_code", code.code());
        summary.put("message", code == ExitCode.DONE ? "" : gaps.title());
        summary.putAll(gaps.summary());
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        terminal.out().println(Json.line(summary));
        terminal.out().flush();
        return code;
    }
}
