package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.StepWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Days are written side by side; who takes the whole table back, or removes its files, is alone with it. Held by a transaction, so that
 * PostgreSQL frees it when the process dies.
 */
public final class LakeLock {
    private static final String SHARED = "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(?, 0))";
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String TAKEN_BACK = "is being taken back to a former state, or tidied";
    private static final String ON_ITS_WAY = "has a day on its way";
    private static final String TABLE = "jangbu-lake:" + EventsTable.NAME;

    private LakeLock() {}

    /**
     * Does the work beside that of others.
     *
     * @throws JobFailure with {@link ExitCode#HELD} while the table is being taken back
     */
    static void share(DataSource database, StepWork work) throws Exception {
        try (Connection session = database.getConnection()) {
            share(session, work);
        }
    }

    /**
     * Does the work alone.
     *
     * @throws JobFailure with {@link ExitCode#HELD} while a day is written
     */
    static void alone(DataSource database, StepWork work) throws Exception {
        try (Connection session = database.getConnection()) {
            alone(session, work);
        }
    }

    /** As {@link #share}, by a session of the caller's. */
    public static void share(Connection session, StepWork work) throws Exception {
        during(session, SHARED, TAKEN_BACK, work);
    }

    /** As {@link #alone}, by a session of the caller's. */
    public static void alone(Connection session, StepWork work) throws Exception {
        during(session, ALONE, ON_ITS_WAY, work);
    }

    private static void during(Connection session, String sql, String why, StepWork work) throws Exception {
        session.setAutoCommit(false);
        try {
            if (!isFree(session, sql)) {
                throw new JobFailure(
                        ExitCode.HELD, EventsTable.IN_SQL + " " + why + "; wait for that to end and run again");
            }
            work.run();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    private static boolean isFree(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, TABLE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
