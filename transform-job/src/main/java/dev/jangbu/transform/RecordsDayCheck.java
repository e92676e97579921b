package dev.jangbu.transform;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.records.RecordContract;
import dev.jangbu.transform.records.RecordContractReader;
import dev.jangbu.transform.records.RecordEngine;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.RecordOutcome;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.report.QualityReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The first step for an account's records: judges the landing and writes its files, none of which counts before it is
 * published. A window in which nothing changed is a good one.
 */
final class RecordsDayCheck {
    private final RunContext context;
    private final DataSource dataSource;
    private final TransformOptions options;
    private @Nullable Checked checked;

    /** What the check came to. */
    record Checked(Manifest landing, RecordOutcome outcome, QualityReport report) implements CheckedDay {
        @Override
        public DayBooks books() {
            return DayBooks.of(outcome);
        }
    }

    RecordsDayCheck(RunContext context, DataSource dataSource, TransformOptions options) {
        this.context = context;
        this.dataSource = dataSource;
        this.options = options;
    }

    void run() throws InterruptedException, IOException, SQLException {
        long start = System.nanoTime();
        DayFolder folder = context.landing();
        Manifest landing = landing(folder);
        Shop shop = new Shop(AccountOptions.accountOf(context.request().slice()), context.calendar());
        RecordContract contract = contract(landing.profile());
        RecordMapper mapper = Datasets.mapper(context.dataset(), landing.profile(), shop, folder.manifestFile());
        Path clean = context.clean().newRunFolder(context.runId());
        Path rejects = context.rejects().newRunFolder(context.runId());
        RecordOutcome outcome;
        try (Progress progress = Progress.onTerminal("checks " + context.businessDate(), landing.rows())) {
            outcome = new RecordEngine(contract, mapper, context.calendar(), progress)
                    .run(LandingReader.parts(folder, landing), clean, rejects);
        }
        AtomicFiles.syncFolder(clean);
        AtomicFiles.syncFolder(rejects);
        checked = new Checked(
                landing,
                outcome,
                QualityReport.of(
                        context.businessDate(),
                        files(outcome),
                        outcome.checks(),
                        "",
                        Seconds.since(start),
                        context.version()));
        tell(checked, contract);
    }

    private static List<QualityReport.LandingFile> files(RecordOutcome outcome) {
        return outcome.parts().stream()
                .map(part -> new QualityReport.LandingFile(
                        part.landing().name(),
                        part.landing().sha256(),
                        part.lines(),
                        part.lines() - part.rejected(),
                        part.rejected(),
                        0))
                .toList();
    }

    /** What {@link #run} found; only after it. */
    Checked checked() {
        return Objects.requireNonNull(checked, "the records were not checked yet");
    }

    private Manifest landing(DayFolder folder) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return context.readPublished(connection, folder, LandingReader.remedy(context.request()));
        }
    }

    private RecordContract contract(String profile) {
        return options.contract().isEmpty()
                ? RecordContractReader.packaged(context.dataset(), profile)
                : RecordContractReader.read("--contract", Path.of(options.contract()), context.dataset());
    }

    private void tell(Checked result, RecordContract contract) {
        RecordOutcome outcome = result.outcome();
        CheckLog.tell(result.report());
        context.summary()
                .fact("landing_run", result.landing().runId())
                .fact("contract", contract.name())
                .fact("lines", outcome.lines())
                .fact("rows", outcome.rowsByTable())
                .fact("rejected", outcome.rejected())
                .fact("rejected_by_reason", outcome.rejectedByReason())
                .fact("flagged", outcome.flagged())
                .fact("day_status", result.report().status())
                .fact("check_seconds", result.report().seconds());
    }
}
