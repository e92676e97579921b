package dev.jangbu.spark.mart;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files a load brought into the table, as its ledger says: told by their bytes, for a day that is checked again has the same
 * files under other names.
 *
 * @param sha256 in order
 */
record LoadedFiles(String loadRun, List<String> sha256) {
    LoadedFiles {
        sha256 = sha256.stream().sorted().toList();
    }

    static LoadedFiles of(Connection connection, String loadRun) throws SQLException {
        List<String> files = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT sha256 FROM ops.load_log WHERE run_id = ?")) {
            query.setString(1, loadRun);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    files.add(row.getString(1));
                }
            }
        }
        return new LoadedFiles(loadRun, files);
    }

    /** @throws JobFailure when the clean files are others than those in the table */
    void require(Manifest clean) {
        List<String> published =
                CheckedFile.of(clean).stream().map(CheckedFile::sha256).sorted().toList();
        if (!published.equals(sha256)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "clean files of " + clean.dataset() + " " + clean.businessDate() + ": those of run "
                            + clean.runId() + " (expected: the bytes that load " + loadRun
                            + " brought into the table, which the mart must agree with); load the day again: java -jar"
                            + " load-job/target/load-job.jar " + clean.dataset() + " --ds " + clean.businessDate());
        }
    }
}
