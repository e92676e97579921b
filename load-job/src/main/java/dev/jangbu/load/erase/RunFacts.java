package dev.jangbu.load.erase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a run said of itself. */
record RunFacts(Connection connection) {
    /** The run of the landing a check read; empty where it did not say. */
    String landingOf(String runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COALESCE(facts ->> 'landing_run', '') FROM ops.pipeline_run_log WHERE run_id = ?")) {
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
