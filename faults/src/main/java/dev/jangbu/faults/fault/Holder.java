package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The row of {@code ops.run_lock} of a command: who holds it, by its token. */
final class Holder {
    private static final long PAUSE_MILLIS = 5;

    private final String job;
    private final String dataset;
    private final String slice;
    private final String ds;

    /** @param command of events, of a mart, or of an account's window */
    Holder(List<String> command) {
        this.job = command.get(0);
        this.dataset = command.contains("--mart") ? "events" : command.get(1);
        this.slice =
                option(command, "--mart").or(() -> option(command, "--account")).orElse("all");
        this.ds = option(command, "--ds").orElseThrow();
    }

    private static Optional<String> option(List<String> command, String name) {
        int at = command.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(command.get(at + 1));
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

    /** Names of jobs, datasets, marts, accounts and dates: nothing in them needs quoting. */
    String identity() {
        return "job = '" + job + "' AND dataset = '" + dataset + "' AND slice = '" + slice + "' AND business_date = '"
                + ds + "'";
    }
}
