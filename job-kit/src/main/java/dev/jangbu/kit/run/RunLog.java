package dev.jangbu.kit.run;

import dev.jangbu.kit.json.Json;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    /** An instant by the database's clock, from which on runs that end are of interest. */
    record Since(OffsetDateTime instant) {
        static Since ago(Connection connection, Duration age) throws SQLException {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT clock_timestamp() - make_interval(secs => ?)")) {
                select.setDouble(1, age.toMillis() / 1_000.0);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new Since(row.getObject(1, OffsetDateTime.class));
                }
            }
        }

        /** The last run of the identity that told its end since then: not one that was killed or asked to stop. */
        Optional<EndedRun> ended(Connection connection, RunRequest request) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT run_id, status, exit_code, message, facts::TEXT, seconds
                    FROM ops.pipeline_run_log
                    WHERE
                        job = ? AND dataset = ? AND slice = ? AND business_date = ?
                        AND finished_at >= ? AND status NOT IN ('running', 'killed', 'stopped')
                    ORDER BY finished_at DESC
                    LIMIT 1""")) {
                bindIdentity(select, request);
                select.setObject(5, instant);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(read(row)) : Optional.empty();
                }
            }
        }

        private static EndedRun read(ResultSet row) throws SQLException {
            Map<String, Object> facts = new LinkedHashMap<>();
            Json.mapper()
                    .readTree(row.getString(5))
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue()));
            return new EndedRun(
                    row.getString(1),
                    new RunResult(row.getString(2), row.getInt(3), row.getString(4), facts),
                    row.getBigDecimal(6));
        }
    }

    private static void bindIdentity(PreparedStatement statement, RunRequest request) throws SQLException {
        statement.setString(1, request.job());
        statement.setString(2, request.dataset());
        statement.setString(3, request.slice());
        statement.setDate(4, Date.valueOf(request.businessDate()));
    }
}
