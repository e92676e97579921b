package dev.jangbu.kit.run;

import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hold of one run on its identity: a session-level advisory lock, which PostgreSQL frees when the process dies, and
 * a row in {@code ops.run_lock} with the growing token. The heartbeat is a row apart, because a beat on the row of the
 * token would end every REPEATABLE READ transaction that checks it. A holder without heartbeat for
 * {@value #FROZEN_SECONDS} s is frozen: its sessions are ended and the lock is taken.
 */
final class RunLock implements AutoCloseable {
    static final int FROZEN_SECONDS = 30;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final long PATIENCE_MILLIS = 1_200;
    private static final long TAKEOVER_MILLIS = 5_000;
    /** Between two tries; doubled each time, for a killed holder is gone soon or not at all. */
    private static final long LEAST_PAUSE_MILLIS = 25;

    private static final long MOST_PAUSE_MILLIS = 200;

    private static final Logger log = LoggerFactory.getLogger(RunLock.class);

    private final Connection session;
    private final RunRequest request;
    private final Holder previous;
    private final long token;
    private final ScheduledExecutorService heartbeat;

    /** The run that held the identity before; {@code generation} is the one to go on with. */
    record Holder(@Nullable String runId, int generation) {}

    private RunLock(Connection session, RunRequest request, Holder previous, long token) {
        this.session = session;
        this.request = request;
        this.previous = previous;
        this.token = token;
        this.heartbeat = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @throws JobFailure with {@link ExitCode#HELD}, within two seconds, when another run holds the identity
     */
    static RunLock acquire(Connection session, RunRequest request, String runId) {
        try {
            waitForSlices(session, request);
            waitForLock(session, request);
            Holder previous = readHolder(session, request);
            if (previous.runId() != null) {
                endSessionsOf(session, previous.runId());
            }
            long token = writeHolder(session, request, runId);
            RunLock lock = new RunLock(session, request, previous, token);
            lock.startBeating();
            return lock;
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot lock " + request.identity());
        }
    }

    private void startBeating() {
        ScheduledFuture<?> ignored =
                heartbeat.scheduleAtFixedRate(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** The session that holds it; ends with it. */
    Connection session() {
        return session;
    }

    Fence fence() {
        return new Fence(request, token);
    }

    int generation() {
        return previous.generation();
    }

    /** Remembers the generation of the job instance this identity is at. */
    void moveTo(int generation) throws SQLException {
        update("UPDATE ops.run_lock SET generation = " + generation + " WHERE " + IDENTITY + " AND token = ?");
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
        try {
            update("UPDATE ops.run_lock SET released_at = clock_timestamp() WHERE " + IDENTITY + " AND token = ?");
        } catch (SQLException failure) {
            log.warn("lock={} state=not_released reason=\"{}\"", request.identity(), failure.getMessage());
        }
        end(session);
    }

    /**
     * Frees all a session holds, then ends it. Left to its end alone its locks would be free a moment after the client
     * has gone, and who starts in that moment would find them held by nobody.
     */
    static void end(Connection session) {
        try (session;
                Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
        } catch (SQLException failure) {
            // A session that is broken holds nothing.
            log.debug("cannot free the locks of a session", failure);
        }
    }

    private static final String IDENTITY = "job = ? AND dataset = ? AND slice = ? AND business_date = ?";

    private static void waitForLock(Connection session, RunRequest request) throws SQLException {
        // Not the clock on the wall: set back while we wait, it would make us wait for as long.
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        boolean tookOver = false;
        long pause = LEAST_PAUSE_MILLIS;
        while (!tryLock(session, request)) {
            if (!tookOver && isFrozen(session, request)) {
                log.warn(
                        "lock={} state=taken_over reason=\"no heartbeat for {} s\"",
                        request.identity(),
                        FROZEN_SECONDS);
                endSessionsOf(
                        session, String.valueOf(readHolder(session, request).runId()));
                tookOver = true;
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TAKEOVER_MILLIS);
            } else if (System.nanoTime() - deadline > 0) {
                throw new JobFailure(ExitCode.HELD, held(session, request));
            } else {
                pause(pause);
                pause = Math.min(MOST_PAUSE_MILLIS, 2 * pause);
            }
        }
    }

    /** A slice needs the day's slices too: a command may hold all of them. */
    private static void waitForSlices(Connection session, RunRequest request) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long pause = LEAST_PAUSE_MILLIS;
        while (!DaySlices.share(session, request)) {
            if (System.nanoTime() - deadline > 0) {
                throw new JobFailure(
                        ExitCode.HELD,
                        request.identity() + ": all slices of the day are held; wait for that to end and run again");
            }
            pause(pause);
            pause = Math.min(MOST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private static boolean tryLock(Connection session, RunRequest request) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "jangbu:" + request.identity());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static boolean isFrozen(Connection session, RunRequest request) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT 1 FROM ops.run_lock JOIN ops.run_heartbeat USING (job, dataset, slice, business_date, token) WHERE "
                        + IDENTITY
                        + " AND released_at IS NULL AND heartbeat_at < clock_timestamp() - make_interval(secs => "
                        + FROZEN_SECONDS + ")")) {
            bindIdentity(statement, request);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static String held(Connection session, RunRequest request) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT run_id, host, process_id, to_char(acquired_at, 'YYYY-MM-DD HH24:MI:SS') FROM ops.run_lock WHERE "
                        + IDENTITY)) {
            bindIdentity(statement, request);
            try (ResultSet row = statement.executeQuery()) {
                String holder = row.next()
                        ? "run " + row.getString(1) + ", process " + row.getLong(3) + " on " + row.getString(2)
                                + ", since " + row.getString(4)
                        : "a run that just began";
                return request.identity() + ": held by " + holder + "; wait for it to end and run again";
            }
        }
    }

    private static Holder readHolder(Connection session, RunRequest request) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT run_id, generation FROM ops.run_lock WHERE " + IDENTITY)) {
            bindIdentity(statement, request);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Holder(row.getString(1), row.getInt(2)) : new Holder(null, 1);
            }
        }
    }

    /** A frozen process still holds its lock; a killed one may have left a session that is still writing. */
    private static void endSessionsOf(Connection session, String runId) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name IN (?, ?) AND datname = current_database() AND pid <> pg_backend_pid()")) {
            statement.setString(1, applicationName(runId));
            statement.setString(2, lockName(runId));
            statement.execute();
        }
    }

    /** The name of the session that holds a run's lock. */
    static String lockName(String runId) {
        return "jangbu-lock:" + runId;
    }

    /** The name of the sessions a run works in. */
    static String applicationName(String runId) {
        return "jangbu:" + runId;
    }

    private static long writeHolder(Connection session, RunRequest request, String runId) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("""
                WITH taken AS (
                    INSERT INTO ops.run_lock AS held
                        (job, dataset, slice, business_date, token, generation, run_id, host, process_id, acquired_at)
                    VALUES (?, ?, ?, ?, 1, 1, ?, ?, ?, clock_timestamp())
                    ON CONFLICT (job, dataset, slice, business_date) DO UPDATE
                    SET token = held.token + 1, run_id = excluded.run_id, host = excluded.host,
                        process_id = excluded.process_id, acquired_at = excluded.acquired_at, released_at = NULL
                    RETURNING job, dataset, slice, business_date, token)
                INSERT INTO ops.run_heartbeat (job, dataset, slice, business_date, token, heartbeat_at)
                SELECT job, dataset, slice, business_date, token, clock_timestamp() FROM taken
                ON CONFLICT (job, dataset, slice, business_date) DO UPDATE
                SET token = excluded.token, heartbeat_at = excluded.heartbeat_at
                RETURNING token""")) {
            bindIdentity(statement, request);
            statement.setString(5, runId);
            statement.setString(6, System.getenv().getOrDefault("HOSTNAME", "localhost"));
            statement.setLong(7, ProcessHandle.current().pid());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void beat() {
        try {
            if (update("UPDATE ops.run_heartbeat SET heartbeat_at = clock_timestamp() WHERE " + IDENTITY
                            + " AND token = ?")
                    == 0) {
                log.warn("lock={} state=lost reason=\"another run took over\"", request.identity());
                heartbeat.shutdown();
            }
        } catch (SQLException failure) {
            log.warn("lock={} state=no_heartbeat reason=\"{}\"", request.identity(), failure.getMessage());
        }
    }

    private synchronized int update(String sql) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            bindIdentity(statement, request);
            statement.setLong(5, token);
            return statement.executeUpdate();
        }
    }

    private static void bindIdentity(PreparedStatement statement, RunRequest request) throws SQLException {
        statement.setString(1, request.job());
        statement.setString(2, request.dataset());
        statement.setString(3, request.slice());
        statement.setDate(4, Date.valueOf(request.businessDate()));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailure(ExitCode.HELD, "stopped while waiting for the lock", interrupted);
        }
    }
}
