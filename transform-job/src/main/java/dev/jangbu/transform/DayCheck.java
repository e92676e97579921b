package dev.jangbu.transform;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayFiles;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.landing.CorrectionSet;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.report.QualityReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first step: judges the day's landing and writes its files, none of which counts before it is published. */
final class DayCheck {
    private static final Logger log = LoggerFactory.getLogger(DayCheck.class);

    private final RunContext context;
    private final DataSource dataSource;
    private final TransformOptions options;
    private final CorrectionSource corrections;
    private final DayJudge judge;
    private @Nullable Checked checked;

    /** What the check of a day came to. */
    record Checked(Manifest landing, DayOutcome outcome, QualityReport report) implements CheckedDay {
        @Override
        public DayBooks books() {
            return DayBooks.of(outcome);
        }
    }

    DayCheck(
            RunContext context,
            DataSource dataSource,
            TransformOptions options,
            CorrectionSource corrections,
            DayJudge judge) {
        this.context = context;
        this.dataSource = dataSource;
        this.options = options;
        this.corrections = corrections;
        this.judge = judge;
    }

    void run() throws InterruptedException, IOException, SQLException {
        long start = System.nanoTime();
        DayFolder folder = context.landing();
        Found found = find(folder);
        Manifest landing = found.landing();
        Contract contract = LandingReader.contract(options, landing, folder);
        context.clean().removeHalfWritten();
        DayFiles files = new DayFiles(
                context.clean().newRunFolder(context.runId()),
                context.rejects().newRunFolder(context.runId()),
                context.clean().workFolder(context.runId()));
        List<LandingPart> parts = LandingReader.parts(folder, landing);
        DayOutcome outcome = judge(contract, found.corrections().over(parts), landing.rows(), files);
        AtomicFiles.syncFolder(files.clean());
        AtomicFiles.syncFolder(files.rejects());
        BigDecimal seconds = Seconds.since(start);
        QualityReport report = QualityReport.of(
                context.businessDate(), outcome, contract, options.allowEmpty(), seconds, context.version());
        checked = new Checked(landing, outcome, report);
        context.summary().fact("landing_run", landing.runId());
        tell(contract, outcome, report);
        if (!found.corrections().isEmpty()) {
            tell(outcome, outcome.stale() + found.corrections().without(parts));
        }
    }

    private DayOutcome judge(Contract contract, List<LandingPart> parts, long lines, DayFiles files)
            throws InterruptedException {
        try (Progress progress = Progress.onTerminal("checks " + context.businessDate(), lines)) {
            return judge.judge(contract, parts, files, progress);
        }
    }

    private record Found(Manifest landing, CorrectionSet corrections) {}

    private Found find(DayFolder folder) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Manifest landing = context.readPublished(connection, folder, LandingReader.remedy(context.businessDate()));
            return new Found(landing, corrections.corrections(connection));
        }
    }

    /** What {@link #run} found; only after it. */
    Checked checked() {
        return Objects.requireNonNull(checked, "the day was not checked yet");
    }

    private void tell(Contract contract, DayOutcome outcome, QualityReport report) {
        CheckLog.tell(report);
        context.summary()
                .fact("contract", contract.name())
                .fact("lines", outcome.lines())
                .fact("rows", outcome.clean())
                .fact("rejected", outcome.rejected())
                .fact("rejected_by_reason", outcome.rejectedByReason())
                .fact("flagged", outcome.flagged())
                .fact("day_status", report.status())
                .fact("check_seconds", report.seconds());
    }

    /** A correction that was not used is no failure: its line is judged as it came. */
    private void tell(DayOutcome outcome, long stale) {
        context.summary().fact("corrected", outcome.corrected()).fact("stale_corrections", stale);
        if (stale > 0) {
            log.warn(
                    "corrections={} not_used={} reason=\"their lines are others now; was the landing extracted again?\"",
                    outcome.corrected() + stale,
                    stale);
        }
    }
}
