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
 * Days are written side by side; who takes the whole table back is alone with it. Held by a transaction, so that
 * PostgreSQL frees it when the process dies.
 */
final class LakeLock {
    private static final String SHARED = "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(?, 0))";
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String TABLE = "jangbu-lake:" + EventsTable.NAME;

    private LakeLock() {}

    /**
     * Does the work beside that of others.
     *
     * @throws JobFailure with {@link ExitCode#HELD} while the table is being taken back
     */
    static void share(DataSource database, StepWork work) throws Exception {
        during(database, SHARED, "is being taken back to a former state", work);
    }

    /**
     * Does the work alone.
     *
     * @throws JobFailure with {@link ExitCode#HELD} while a day is written
     */
    static void alone(DataSource database, StepWork work) throws Exception {
        during(database, ALONE, "has a day on its way", work);
    }

    private static void during(DataSource database, String sql, String why, StepWork work) throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (!isFree(connection, sql)) {
                    throw new JobFailure(
                            ExitCode.HELD, EventsTable.IN_SQL + " " + why + "; wait for that to end and run again");
                }
                work.run();
            } finally {
                connection.rollback();
            }
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
