package dev.jangbu.faults.fault;

import dev.jangbu.faults.site.JobRun;
import dev.jangbu.faults.site.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How far a run of a command has come, as the database knows it: counted from what was there when this was made. */
final class Progress implements AutoCloseable {
    private static final long PAUSE_MILLIS = 5;

    private final Connection connection;
    private final PreparedStatement position;
    private final Position before;

    private record Position(long token, long execution, long step) {}

    private Progress(Connection connection, PreparedStatement position) throws SQLException {
        this.connection = connection;
        this.position = position;
        this.before = read();
    }

    /** To be made before the run is started. */
    static Progress of(Sql sql, List<String> command) throws SQLException {
        Connection connection = sql.connect();
        return new Progress(
                connection,
                connection.prepareStatement("SELECT (SELECT COALESCE(MAX(token), 0) FROM ops.run_lock WHERE "
                        + new Holder(command).identity() + "),"
                        + " (SELECT COALESCE(MAX(job_execution_id), 0) FROM batch.batch_job_execution),"
                        + " (SELECT COALESCE(MAX(step_execution_id), 0) FROM batch.batch_step_execution)"));
    }

    /** Waits until the run has its slice; false when it ended before. */
    boolean awaitLock(JobRun run) throws SQLException, InterruptedException {
        while (read().token() == before.token()) {
            if (!run.isAlive()) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** Waits until the run's first step has begun; false when it ended before. */
    boolean awaitStep(JobRun run) throws SQLException, InterruptedException {
        while (read().step() == before.step()) {
            if (!run.isAlive()) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** Where a run that is gone was, in words. */
    String place() throws SQLException {
        Position now = read();
        if (now.token() == before.token()) {
            return "before its lock";
        }
        if (now.execution() == before.execution()) {
            return "with its lock";
        }
        if (now.step() == before.step()) {
            return "before its steps";
        }
        return step(now);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private String step(Position now) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement("""
                SELECT step.step_name, step.end_time IS NULL, execution.end_time IS NULL
                FROM batch.batch_step_execution AS step
                JOIN batch.batch_job_execution AS execution USING (job_execution_id)
                WHERE step.step_execution_id = ?""")) {
            last.setLong(1, now.step());
            try (ResultSet row = last.executeQuery()) {
                row.next();
                if (row.getBoolean(2)) {
                    return "in " + row.getString(1);
                }
                return row.getBoolean(3) ? "after " + row.getString(1) : "after its steps";
            }
        }
    }

    private Position read() throws SQLException {
        try (ResultSet row = position.executeQuery()) {
            row.next();
            return new Position(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }
}
