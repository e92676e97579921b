package dev.jangbu.transform.replay;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.fix.Fix;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The record of replays, {@code ops.replay_log}: written before the corrections count, and marked when they do. */
public final class ReplayLog {
    private final RunContext context;

    public ReplayLog(RunContext context) {
        this.context = context;
    }

    /**
     * Writes who asked for what, and what came of it, and commits.
     *
     * @param connection in auto-commit
     * @param verdict {@code pass} or {@code fail}: what the checks said of the corrected day
     */
    public void write(
            Connection connection,
            ReplayOptions options,
            Corrected corrected,
            Corrected.Outcome outcome,
            String verdict)
            throws SQLException {
        @Nullable Fix fix = options.fix();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO ops.replay_log
                    (run_id, dataset, slice, business_date, token, requested_by, reason_for, filter, mapping,
                     mapping_sha256, selected, corrected, accepted, still_rejected, newly_rejected, in_force, verdict,
                     version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, context.runId());
            insert.setString(2, context.dataset());
            insert.setString(3, context.request().slice());
            insert.setObject(4, context.businessDate());
            insert.setLong(5, context.fence().token());
            insert.setString(6, options.by());
            insert.setString(7, options.why());
            insert.setString(8, options.filter());
            insert.setString(9, fix == null ? null : fix.name());
            insert.setString(10, fix == null ? null : fix.sha256());
            insert.setLong(11, corrected.selected());
            insert.setLong(12, corrected.count(Fate.CORRECTED));
            insert.setLong(13, outcome.accepted());
            insert.setLong(14, outcome.stillRejected());
            insert.setLong(15, outcome.newlyRejected());
            insert.setLong(16, corrected.inForce());
            insert.setString(17, verdict);
            insert.setString(18, context.version());
            insert.executeUpdate();
        }
    }

    /**
     * Swaps the corrections in, and marks the row, while this run's token is held. The token of published files is left:
     * rejects and clean files of the run before are as good as they were until this run's are published.
     *
     * @param connection in auto-commit
     * @param manifest of the corrections; null where the day has none, and never had
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void publish(Connection connection, DayFolder corrections, @Nullable Manifest manifest) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement mark = connection.prepareStatement(
                "UPDATE ops.replay_log SET published_at = clock_timestamp() WHERE run_id = ?")) {
            mark.setString(1, context.runId());
            mark.executeUpdate();
            context.fence().check(connection);
            if (manifest != null) {
                corrections.publish(manifest);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** A replay that was taken over, and woke up again, may have swapped its corrections in after those of a later one. */
    void requireCurrent(Connection connection, DayFolder corrections, Manifest manifest, String remedy)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT token FROM ops.replay_log
                WHERE dataset = ? AND slice = ? AND business_date = ? AND token > ? AND published_at IS NOT NULL
                ORDER BY token DESC LIMIT 1""")) {
            statement.setString(1, context.dataset());
            statement.setString(2, context.request().slice());
            statement.setObject(3, context.businessDate());
            statement.setLong(4, manifest.token());
            try (ResultSet newer = statement.executeQuery()) {
                if (newer.next()) {
                    throw new JobFailure(
                            ExitCode.FAILED,
                            corrections.manifestFile() + ": written by run " + manifest.runId() + " (token "
                                    + manifest.token() + ") after token " + newer.getLong(1) + " had taken over; "
                                    + remedy);
                }
            }
        }
    }
}
