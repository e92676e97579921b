package dev.jangbu.kit.run;

import dev.jangbu.kit.json.Json;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A run's row in {@code ops.pipeline_run_log}: {@code running} from its start, its end's status after. */
final class RunLog {
    private final Connection connection;
    private final String runId;

    RunLog(Connection connection, String runId) {
        this.connection = connection;
        this.runId = runId;
    }

    /** Also closes the rows of earlier runs of this identity that ended without a word. */
    void started(RunRequest request, Fence fence, String version) throws SQLException {
        try (PreparedStatement killed = connection.prepareStatement("""
                UPDATE ops.pipeline_run_log
                SET status = 'killed', finished_at = clock_timestamp(),
                    message = 'ended without a word; found by the next run'
                WHERE job = ? AND dataset = ? AND slice = ? AND business_date = ? AND status = 'running'""")) {
            bindIdentity(killed, request);
            killed.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.pipeline_run_log
                    (job, dataset, slice, business_date, run_id, attempt, token, version, status, started_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', clock_timestamp())""")) {
            bindIdentity(insert, request);
            insert.setString(5, runId);
            insert.setString(6, request.attempt());
            insert.setLong(7, fence.token());
            insert.setString(8, version);
            insert.executeUpdate();
        }
    }

    void ended(RunResult result, BigDecimal seconds) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE ops.pipeline_run_log
                SET status = ?, exit_code = ?, message = ?, facts = ?::JSONB, seconds = ?, finished_at = clock_timestamp()
                WHERE run_id = ? AND status = 'running'""")) {
            update.setString(1, result.status());
            update.setInt(2, result.code());
            update.setString(3, result.message());
            update.setString(4, Json.line(result.facts()));
            update.setBigDecimal(5, seconds);
            update.setString(6, runId);
            update.executeUpdate();
        }
    }

    private static void bindIdentity(PreparedStatement statement, RunRequest request) throws SQLException {
        statement.setString(1, request.job());
        statement.setString(2, request.dataset());
        statement.setString(3, request.slice());
        statement.setDate(4, Date.valueOf(request.businessDate()));
    }
}
