package dev.jangbu.mart.dashboard;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.run.Version;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar dashboard --days 30 --out F}: the quality of many days as one page, or on the terminal. It changes
 * no table, so it takes no lock and leaves no row; its last line is a JSON summary all the same.
 */
@Command(
        name = "dashboard",
        description = "Shows many days at a glance: one self-contained HTML page, or text with --terminal.")
public final class DashboardCommand implements Callable<ExitCode> {
    private static final String DATASET = "events";
    private static final int MOST_DAYS = 3_660;

    private final Map<String, String> environment;
    private final Clock clock;
    private final Terminal terminal;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days, up to and including the last (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    @Option(
            names = "--to",
            paramLabel = "YYYY-MM-DD",
            description = "The last business date (default: the last one any job has run for).")
    private @Nullable String to;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the HTML page is written.")
    private @Nullable Path out;

    @Option(names = "--csv", paramLabel = "FILE", description = "Where the days are written as CSV.")
    private @Nullable Path csv;

    @Option(names = "--terminal", description = "Print the dashboard as text.")
    private boolean isTerminal;

    @Option(
            names = "--from-reports",
            paramLabel = "DIR",
            description = "Read the report files below DIR (<workspace>/reports) and no database.")
    private @Nullable Path reports;

    public DashboardCommand() {
        this(System.getenv(), Clock.systemUTC(), Terminal.ofProcess());
    }

    DashboardCommand(Map<String, String> environment, Clock clock, Terminal terminal) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.terminal = terminal;
    }

    @Override
    public ExitCode call() {
        long start = System.nanoTime();
        requireSense();
        if (run.isDryRun()) {
            terminal.out()
                    .println("would show " + days + " days of " + DATASET + " from "
                            + (reports == null ? "the database" : reports) + (out == null ? "" : " and write " + out));
            return ExitCode.DONE;
        }
        Dashboard dashboard = reports == null ? fromDatabase() : dashboard(new ReportFileDays(reports, DATASET));
        Map<String, Object> summary = summary(dashboard);
        if (isTerminal) {
            DashboardTerminal.lines(dashboard, terminal.ink()).forEach(terminal.out()::println);
        }
        if (out != null) {
            byte[] page = DashboardPage.html(
                            dashboard, BusinessCalendar.from(environment).zone())
                    .getBytes(StandardCharsets.UTF_8);
            AtomicFiles.write(out, page);
            summary.put("dashboard", out.toString());
            summary.put("bytes", page.length);
        }
        if (csv != null) {
            AtomicFiles.write(csv, DaysCsv.bytes(dashboard));
            summary.put("csv", csv.toString());
        }
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        terminal.out().println(Json.line(summary));
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private void requireSense() {
        if (days < 1 || days > MOST_DAYS) {
            throw new JobFailure(ExitCode.USAGE, "--days: " + days + " (expected: 1.." + MOST_DAYS + ")");
        }
        if (out == null && csv == null && !isTerminal) {
            throw new JobFailure(ExitCode.USAGE, "where to? (expected: --out FILE, --csv FILE or --terminal)");
        }
        lastAsked();
    }

    private Dashboard fromDatabase() {
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        Database database =
                new Database(DatabaseSettings.from(environment, run.workspace()), calendar, "jangbu-dashboard");
        try (Handle handle = Jdbi.create(database::connect).open()) {
            SchemaVersion.require(handle.getConnection());
            return handle.inTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ,
                    snapshot -> dashboard(new DatabaseDays(snapshot, DATASET)));
        }
    }

    private Dashboard dashboard(Days source) {
        @Nullable LocalDate asked = lastAsked();
        LocalDate last = asked == null ? source.latest().orElseThrow(() -> nothing("so far")) : asked;
        LocalDate first = last.minusDays(days - 1L);
        SortedMap<LocalDate, DashboardDay> known = source.read(first, last);
        if (known.isEmpty()) {
            throw nothing("from " + first + " to " + last);
        }
        return Dashboard.of(DATASET, known, last, Version.current(), clock.instant());
    }

    private static JobFailure nothing(String when) {
        return new JobFailure(
                ExitCode.FAILED, "no day of " + DATASET + " " + when + "; run a day first, or ask for others by --to");
    }

    private @Nullable LocalDate lastAsked() {
        if (to == null) {
            return null;
        }
        try {
            return LocalDate.parse(to);
        } catch (DateTimeException notADate) {
            throw new JobFailure(ExitCode.USAGE, "--to: " + to + " (expected: a date such as 2026-01-15)", notADate);
        }
    }

    private static Map<String, Object> summary(Dashboard dashboard) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "mart-job");
        summary.put("dataset", dashboard.dataset());
        summary.put("slice", "dashboard");
        summary.put("ds", dashboard.to().toString());
        summary.put("status", ExitCode.DONE.status());
        summary.put("exit_code", ExitCode.DONE.code());
        summary.put("from", dashboard.from().toString());
        summary.put("days", dashboard.days().size());
        summary.put("days_passed", dashboard.count(Verdict.PASSED));
        summary.put("days_failed", dashboard.count(Verdict.QUALITY_FAILED));
        summary.put("availability", dashboard.availability());
        return summary;
    }
}
