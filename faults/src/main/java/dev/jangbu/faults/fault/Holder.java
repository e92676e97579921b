package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The row of {@code ops.run_lock} of a target: who holds it, by its token. */
final class Holder {
    private static final long PAUSE_MILLIS = 5;

    private final String job;
    private final String slice;
    private final String ds;

    Holder(Target target) {
        List<String> command = target.command();
        int mart = command.indexOf("--mart");
        this.job = command.get(0);
        this.slice = mart < 0 ? "all" : command.get(mart + 1);
        this.ds = command.get(command.indexOf("--ds") + 1);
    }

    /** 0 where nobody ever held it. */
    long token(Sql sql) throws SQLException {
        return sql.number("SELECT COALESCE(MAX(token), 0) FROM ops.run_lock WHERE " + identity());
    }

    /** Waits until another run has taken it; false when none has after so long. */
    boolean isTaken(Sql sql, long before, long millis) throws SQLException, InterruptedException {
        try (Connection connection = sql.connect()) {
            return isTaken(connection, before, millis, "");
        }
    }

    /**
     * Waits until another run has taken it, and keeps that run from getting further for as long as the transaction lasts.
     *
     * @param gate not in auto-commit
     */
    boolean holdBack(Connection gate, long before, long millis) throws SQLException, InterruptedException {
        return isTaken(gate, before, millis, " FOR UPDATE");
    }

    /** Makes the holder look frozen, without the wait. */
    void ageHeartbeat(Sql sql) throws SQLException {
        sql.execute(
                "UPDATE ops.run_heartbeat SET heartbeat_at = heartbeat_at - INTERVAL '1 minute' WHERE " + identity());
    }

    private boolean isTaken(Connection connection, long before, long millis, String lock)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM ops.run_lock WHERE " + identity() + " AND token > ? AND released_at IS NULL" + lock)) {
            statement.setLong(1, before);
            while (System.nanoTime() < deadline) {
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        return true;
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return false;
        }
    }

    /** Names of jobs, marts and dates: nothing in them needs quoting. */
    String identity() {
        return "job = '" + job + "' AND dataset = 'events' AND slice = '" + slice + "' AND business_date = '" + ds
                + "'";
    }
}
