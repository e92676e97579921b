package dev.jangbu.load.clean;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What transform-job wrote down when it published the day. The ledger's foreign key holds the load to it; asked before,
 * the answer is a sentence and no rows were copied in vain.
 */
public final class CheckedDay {
    private final Connection connection;
    private final String remedy;

    public CheckedDay(Connection connection, String remedy) {
        this.connection = connection;
        this.remedy = remedy;
    }

    /** @throws JobFailure with {@link ExitCode#FAILED} when a file is not the one that was checked */
    public void require(Path manifestFile, Manifest clean) throws SQLException {
        List<CheckedFile> files = CheckedFile.of(clean);
        for (CheckedFile file : files) {
            require(manifestFile, clean.runId(), file);
        }
    }

    private void require(Path manifestFile, String runId, CheckedFile file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT lines, clean, rejected, sha256 FROM ops.checked_file WHERE run_id = ? AND file = ?""")) {
            statement.setString(1, runId);
            statement.setString(2, file.file());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw refusal(
                            manifestFile,
                            file,
                            "not in the books of this database",
                            "a row of run " + runId + " in ops.checked_file");
                }
                String checked = told(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4));
                String given = told(file.lines(), file.clean(), file.rejected(), file.sha256());
                if (!checked.equals(given)) {
                    throw refusal(manifestFile, file, given, checked + ", as checked by run " + runId);
                }
            }
        }
    }

    private JobFailure refusal(Path manifestFile, CheckedFile file, String found, String expected) {
        return new JobFailure(
                ExitCode.FAILED,
                manifestFile + ": " + file.file() + ": " + found + " (expected: " + expected + "); nothing was loaded, "
                        + remedy);
    }

    private static String told(long lines, long clean, long rejected, String sha256) {
        return lines + " lines, " + clean + " clean, " + rejected + " rejected, sha256 " + sha256;
    }
}
