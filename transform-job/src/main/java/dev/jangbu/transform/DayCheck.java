package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.fast.DayEngine;
import dev.jangbu.transform.fast.DayFiles;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.report.CheckResult;
import dev.jangbu.transform.report.QualityReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
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
    private @Nullable Checked checked;

    /** What the check of a day came to. */
    record Checked(Manifest landing, DayOutcome outcome, QualityReport report) {}

    DayCheck(RunContext context, DataSource dataSource, TransformOptions options) {
        this.context = context;
        this.dataSource = dataSource;
        this.options = options;
    }

    void run() throws InterruptedException, IOException, SQLException {
        long start = System.nanoTime();
        DayFolder folder = context.landing();
        Manifest landing = landing(folder);
        Contract contract = options.contract().isEmpty()
                ? ContractReader.read("profile in " + folder.manifestFile(), landing.profile())
                : ContractReader.read("--contract", options.contract());
        DayFiles files = new DayFiles(
                context.clean().newRunFolder(context.runId()), context.rejects().newRunFolder(context.runId()));
        DayOutcome outcome = new DayEngine(contract, context.calendar(), context.businessDate())
                .run(LandingReader.parts(folder, landing), files);
        AtomicFiles.syncFolder(files.clean());
        AtomicFiles.syncFolder(files.rejects());
        BigDecimal seconds = Seconds.since(start);
        QualityReport report = QualityReport.of(
                context.businessDate(), outcome, contract, options.allowEmpty(), seconds, context.version());
        checked = new Checked(landing, outcome, report);
        context.summary().fact("landing_run", landing.runId());
        tell(contract, outcome, report);
    }

    private Manifest landing(DayFolder folder) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return context.readPublished(connection, folder, LandingReader.remedy(context.businessDate()));
        }
    }

    /** What {@link #run} found; only after it. */
    Checked checked() {
        return Objects.requireNonNull(checked, "the day was not checked yet");
    }

    private void tell(Contract contract, DayOutcome outcome, QualityReport report) {
        for (CheckResult check : report.checks()) {
            log.info(
                    "check={} status={} counted={} failed={} pass_rate={} threshold={}",
                    check.name(),
                    check.status(),
                    check.counted(),
                    check.failed(),
                    check.passRate(),
                    check.threshold());
        }
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
}
