package dev.jangbu.spark.mart;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files a load brought into the table, as its ledger says.
 *
 * @param sha256 by the file's name in the clean manifest
 */
record LoadedFiles(String loadRun, Map<String, String> sha256) {
    static LoadedFiles of(Connection connection, String loadRun) throws SQLException {
        Map<String, String> files = new TreeMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT file, sha256 FROM ops.load_log WHERE run_id = ?")) {
            query.setString(1, loadRun);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    files.put(row.getString(1), row.getString(2));
                }
            }
        }
        return new LoadedFiles(loadRun, files);
    }

    /** @throws JobFailure when the clean files are others than those in the table */
    void require(Manifest clean) {
        Map<String, String> published = new TreeMap<>();
        CheckedFile.of(clean).forEach(file -> published.put(file.file(), file.sha256()));
        if (!published.equals(sha256)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "clean files of " + clean.dataset() + " " + clean.businessDate() + ": " + published.keySet()
                            + " of run " + clean.runId() + " (expected: " + sha256.keySet()
                            + " with the digests of load " + loadRun
                            + ", which the mart must agree with); load the day again: java -jar"
                            + " load-job/target/load-job.jar " + clean.dataset() + " --ds " + clean.businessDate());
        }
    }
}
