package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Tells a manifest that counts from one a frozen run wrote after it had been taken over. */
final class Publication {
    private Publication() {}

    /** A database that knows nothing of the publication (another one, or restored) lets the manifest pass. */
    static void requireCurrent(Connection connection, DayFolder folder, Manifest manifest, String remedy)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT published_token FROM ops.run_lock
                WHERE job = ? AND dataset = ? AND slice = ? AND business_date = ? AND published_token > ?""")) {
            statement.setString(1, manifest.job());
            statement.setString(2, manifest.dataset());
            statement.setString(3, manifest.slice());
            statement.setObject(4, manifest.businessDate());
            statement.setLong(5, manifest.token());
            try (ResultSet newer = statement.executeQuery()) {
                if (newer.next()) {
                    throw new JobFailure(
                            ExitCode.FAILED,
                            folder.manifestFile() + ": written by run " + manifest.runId() + " (token "
                                    + manifest.token() + ") after token " + newer.getLong(1) + " had taken over; "
                                    + remedy);
                }
            }
        }
    }
}
