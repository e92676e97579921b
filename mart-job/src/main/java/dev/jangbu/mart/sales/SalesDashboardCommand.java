package dev.jangbu.mart.sales;

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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mart-job.jar sales-dashboard --out F}: what shops sold over all their channels, as one page. It changes no table,
 * so it takes no lock and leaves no row; its last line is a JSON summary all the same.
 */
@Command(
        name = "sales-dashboard",
        description = "Shows sales by channel for day, week, month and year: one self-contained HTML page.")
public final class SalesDashboardCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream console;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the page is written (default: <workspace>/reports/sales-dashboard.html).")
    private @Nullable Path out;

    @Option(names = "--tenant", paramLabel = "NAME", description = "One shop only (default: all).")
    private @Nullable String tenant;

    @Option(
            names = "--to",
            paramLabel = "YYYY-MM-DD",
            description = "The last business date (default: the last one with sales that is over).")
    private @Nullable String to;

    public SalesDashboardCommand() {
        this(System.getenv(), Clock.systemUTC(), System.out);
    }

    SalesDashboardCommand(Map<String, String> environment, Clock clock, PrintStream console) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.console = console;
    }

    @Override
    public ExitCode call() {
        long start = System.nanoTime();
        @Nullable LocalDate asked = lastAsked();
        Path file = out == null ? run.workspace().salesDashboard() : out;
        if (run.isDryRun()) {
            console.println("would write the sales of " + (tenant == null ? "all shops" : tenant) + " to " + file);
            return ExitCode.DONE;
        }
        BusinessCalendar calendar = BusinessCalendar.from(environment);
        SalesDashboard dashboard = read(calendar, asked);
        byte[] page = SalesPage.html(dashboard, calendar.zone()).getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(file, page);
        console.println(Json.line(summary(dashboard, file, page.length, start)));
        console.flush();
        return ExitCode.DONE;
    }

    private SalesDashboard read(BusinessCalendar calendar, @Nullable LocalDate asked) {
        Database database =
                new Database(DatabaseSettings.from(environment, run.workspace()), calendar, "jangbu-sales-dashboard");
        try (Handle handle = Jdbi.create(database::connect).open()) {
            SchemaVersion.require(handle.getConnection());
            return handle.inTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ,
                    snapshot -> read(new SalesReader(snapshot, tenant), calendar.today(clock), asked));
        }
    }

    /** Without a day of its own, the last with sales that is over: a part of a day beside a whole one only alarms. */
    private SalesDashboard read(SalesReader reader, LocalDate today, @Nullable LocalDate asked) {
        LocalDate day = asked == null ? reader.latest(today.minusDays(1)).orElse(today) : asked;
        return new SalesDashboard(day, today, reader.read(day), reader.freshness(), clock.instant());
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

    private static Map<String, Object> summary(SalesDashboard dashboard, Path file, int bytes, long start) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "mart-job");
        summary.put("dataset", "orders");
        summary.put("slice", "sales-dashboard");
        summary.put("ds", dashboard.day().toString());
        summary.put("status", ExitCode.DONE.status());
        summary.put("exit_code", ExitCode.DONE.code());
        summary.put("shops", dashboard.shops().size());
        summary.put("dashboard", file.toString());
        summary.put("bytes", bytes);
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        return summary;
    }
}
