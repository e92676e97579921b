package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.reject.RejectedLines;
import dev.jangbu.transform.reject.RejectedRecords;
import dev.jangbu.transform.report.QualityLog;
import dev.jangbu.transform.report.QualityReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Publishes what came of a day: rejects first, with their rows, then the report and its rows in the quality log, the clean files last. A
 * day that failed publishes no clean files, and takes back those an earlier run published.
 */
final class Publication {
    private final RunContext context;
    private final DataSource dataSource;
    private final Supplier<? extends CheckedDay> check;

    /** @param check what the step before found */
    Publication(RunContext context, DataSource dataSource, Supplier<? extends CheckedDay> check) {
        this.context = context;
        this.dataSource = dataSource;
        this.check = check;
    }

    void publish() throws SQLException {
        CheckedDay checked = check.get();
        QualityReport report = checked.report();
        Manifests manifests = new Manifests(context, checked);
        try (Connection connection = dataSource.getConnection()) {
            Manifest rejects = manifests.rejects();
            context.publish(connection, context.rejects(), rejects, transaction -> new RejectedRecords(context)
                    .replace(transaction, RejectedLines.files(context.rejects(), rejects)));
            AtomicFiles.write(reportFile(), Json.pretty(report));
            new QualityLog(context).write(connection, report);
            DayFolder clean = context.clean();
            Manifest manifest = manifests.clean();
            if (report.isPassing()) {
                CheckedFileLog log = new CheckedFileLog(context, checked);
                context.publish(connection, clean, manifest, transaction -> log.write(transaction, manifest));
            } else {
                context.withdraw(connection, clean, "the day did not pass its checks: " + report.reason());
            }
        }
    }

    /** The verdict, when everything has been written. */
    void verdict() {
        QualityReport report = check.get().report();
        if (!report.isPassing()) {
            throw new JobFailure(
                    ExitCode.QUALITY_FAILED,
                    "the day did not pass its checks: " + report.reason() + "; see " + reportFile() + " and "
                            + context.rejects().path());
        }
    }

    private Path reportFile() {
        return context.workspace()
                .qualityReport(context.dataset(), context.request().slice(), context.businessDate());
    }
}
