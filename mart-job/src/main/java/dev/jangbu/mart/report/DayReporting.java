package dev.jangbu.mart.report;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.run.RunSummary;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports one day: reads it in one snapshot, writes the file, tells people. */
final class DayReporting {
    private static final Logger log = LoggerFactory.getLogger(DayReporting.class);

    private final RunContext context;
    private final Jdbi jdbi;
    private final Terminal terminal;
    private final ReportOptions options;

    DayReporting(RunContext context, Jdbi jdbi, Terminal terminal, ReportOptions options) {
        this.context = context;
        this.jdbi = jdbi;
        this.terminal = terminal;
        this.options = options;
    }

    void run() throws SQLException {
        DayReport report = jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, this::read);
        Path file = context.workspace().runReport(context.businessDate());
        jdbi.useTransaction(handle -> {
            context.fence().check(handle.getConnection());
            RunReportFile.write(file, report);
        });
        tell(report);
        summarise(report, context.summary().fact("report", file.toString()));
    }

    private DayReport read(Handle handle) {
        DayLog day = new DayLogReader(handle, context.dataset())
                .read(context.businessDate(), context.businessDate())
                .get(context.businessDate());
        if (day == null) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "nothing to report for " + context.dataset() + " " + context.businessDate()
                            + ": no job has run for it; begin with extract-job events --ds " + context.businessDate());
        }
        return report(day, handle);
    }

    private DayReport report(DayLog day, Handle handle) {
        List<String> marts = MartTables.expected(context.dataset());
        Figures figures = day.tableRows() == null ? null : new MartTables(handle).figures(day);
        @Nullable QualityFile quality = qualityFile(day);
        Ledger ledger = day.ledger();
        if (ledger == null && quality != null) {
            ledger = quality.ledger();
        }
        if (ledger != null && ledger.inTable() != null && figures != null) {
            ledger = ledger.withInTableNow(figures.events());
        }
        @Nullable
        Book book = new BookReader(handle, context.dataset())
                .read(day.day(), day.day())
                .get(day.day());
        DayVerdict verdict = DayVerdict.of(day, marts, book);
        if (verdict.verdict() == Verdict.PASSED && ledger != null && !ledger.balanced()) {
            verdict = new DayVerdict(Verdict.INCOMPLETE, ledger.difference());
        }
        return new DayReport(
                context.dataset(),
                day.day(),
                profile(day),
                verdict.verdict(),
                verdict.reason(),
                figures,
                quality == null ? day.checks() : quality.explain(day.checks()),
                ledger,
                day.corrected(),
                day.isEarlierLoad(),
                book,
                day.marts(marts),
                day.told(),
                places(),
                context.version(),
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** The quality report of the logged checks. Examples are a help, not the report: a quality report that cannot be read is told, and done without. */
    private @Nullable QualityFile qualityFile(DayLog day) {
        Path file = qualityPath();
        if (!Files.exists(file)) {
            return null;
        }
        try {
            QualityFile quality = QualityFile.read(file);
            return quality.isOf(day.checks()) ? quality : null;
        } catch (JobFailure unreadable) {
            log.warn("quality_report=not_read reason=\"{}\"", unreadable.getMessage());
            return null;
        }
    }

    private String profile(DayLog day) {
        DayFolder landing = context.workspace().landing(context.dataset(), RunRequest.WHOLE, day.day());
        if (!day.profile().isEmpty() || !Files.exists(landing.manifestFile())) {
            return day.profile();
        }
        try {
            return landing.read("the report goes without its profile").profile();
        } catch (JobFailure unreadable) {
            log.warn("landing=not_read reason=\"{}\"", unreadable.getMessage());
            return "";
        }
    }

    private Places places() {
        Path rejects = context.workspace()
                .rejects(context.dataset(), RunRequest.WHOLE, context.businessDate())
                .path();
        return new Places(
                Files.exists(rejects) ? rejects.toString() : "",
                Files.exists(qualityPath()) ? qualityPath().toString() : "",
                context.workspace().runReport(context.businessDate()).toString());
    }

    private Path qualityPath() {
        return context.workspace().qualityReport(context.dataset(), RunRequest.WHOLE, context.businessDate());
    }

    private void tell(DayReport report) {
        List<String> lines = options.isJson() ? List.of(Json.line(report)) : ReportText.lines(report, terminal.ink());
        lines.forEach(terminal.out()::println);
        terminal.out().flush();
    }

    private static void summarise(DayReport report, RunSummary summary) {
        summary.fact("verdict", report.verdict().word())
                .fact("reason", report.reason())
                .fact("profile", report.profile())
                .fact("checks", report.checks().size())
                .fact(
                        "checks_failed",
                        report.checks().stream()
                                .filter(check -> check.outcome() == CheckResult.Outcome.FAIL)
                                .map(CheckResult::name)
                                .toList());
        Ledger ledger = report.ledger();
        if (ledger != null) {
            summary.fact("lines", ledger.lines())
                    .fact("clean", ledger.clean())
                    .fact("rejected", ledger.rejected())
                    .fact("balanced", ledger.balanced());
        }
        Book book = report.books();
        if (book != null) {
            summary.fact("books", book.state().word());
        }
        Figures figures = report.figures();
        if (figures != null) {
            summary.fact("events", figures.events());
            fact(summary, "users", figures.users());
            fact(summary, "sessions", figures.sessions());
            fact(summary, "purchases", figures.purchases());
            fact(summary, "orders", figures.orders());
            fact(summary, "revenue", figures.revenue());
        }
    }

    private static void fact(RunSummary summary, String name, @Nullable Object value) {
        if (value != null) {
            summary.fact(name, value);
        }
    }
}
