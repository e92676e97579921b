package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/**
 * All slices of a job's day but {@link RunRequest#WHOLE}, as one thing to hold: each run of a slice shares it, and a
 * command that must not meet any of them, nor name them all, has it alone.
 */
public final class DaySlices {
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String SHARED = "SELECT pg_try_advisory_lock_shared(hashtextextended(?, 0))";

    private DaySlices() {}

    /**
     * Holds off all runs of slices until the transaction ends; those that begin meanwhile end with {@link ExitCode#HELD}.
     *
     * @throws JobFailure with {@link ExitCode#HELD} when a slice is on its way
     */
    public static void holdOff(Connection transaction, String job, String dataset, LocalDate day) throws SQLException {
        if (!isFree(transaction, ALONE, job, dataset, day)) {
            throw new JobFailure(
                    ExitCode.HELD,
                    job + "/" + dataset + "/" + running(transaction, job, dataset, day)
                            + "; wait for it to end and run again");
        }
    }

    /** Takes part in the day, for as long as the session lasts; false where it is held off. */
    static boolean share(Connection session, RunRequest request) throws SQLException {
        return request.slice().equals(RunRequest.WHOLE)
                || isFree(session, SHARED, request.job(), request.dataset(), request.businessDate());
    }

    private static boolean isFree(Connection connection, String sql, String job, String dataset, LocalDate day)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "jangbu-slices:" + job + "/" + dataset + "/" + day);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String running(Connection connection, String job, String dataset, LocalDate day)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT slice, run_id FROM ops.run_lock
                WHERE job = ? AND dataset = ? AND business_date = ? AND slice <> ? AND released_at IS NULL
                ORDER BY acquired_at DESC LIMIT 1""")) {
            statement.setString(1, job);
            statement.setString(2, dataset);
            statement.setObject(3, day);
            statement.setString(4, RunRequest.WHOLE);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? row.getString(1) + "/" + day + ": held by run " + row.getString(2)
                        : "*/" + day + ": held by a run that just began";
            }
        }
    }
}
