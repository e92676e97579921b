package dev.jangbu.kit.run;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run finds at its start: the lock, which is its own from then on, or another run's end that stands for its own. One
 * of both is there. Closing frees the lock.
 */
record Entry(@Nullable RunLock lock, @Nullable EndedRun other) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Entry.class);

    /**
     * By the lock.
     *
     * @throws JobFailure with {@link ExitCode#HELD}, within two seconds, when another run holds the identity
     */
    static Entry alone(Database database, RunRequest request, String runId) {
        return within(database, session -> new Entry(RunLock.acquire(session, request, runId), null));
    }

    /**
     * By the lock, however long another run holds it; or by the end of a run that ended since this one was asked for. A run
     * that ended without a word stands for nobody.
     *
     * @param age how long ago this run was asked for
     */
    static Entry joining(Database database, RunRequest request, String runId, Duration age) {
        return within(database, session -> joining(session, request, runId, age));
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }

    private static Entry joining(Connection session, RunRequest request, String runId, Duration age) {
        try {
            RunLog.Since since = RunLog.Since.ago(session, age);
            Optional<EndedRun> other = since.ended(session, request);
            while (other.isEmpty()) {
                Optional<RunLock> lock = unlessHeld(session, request, runId);
                other = since.ended(session, request);
                if (lock.isPresent() && other.isEmpty()) {
                    return new Entry(lock.get(), null);
                }
                lock.ifPresent(RunLock::close);
            }
            RunLock.end(session);
            return new Entry(null, other.get());
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot wait for the run of " + request.identity());
        }
    }

    private static Optional<RunLock> unlessHeld(Connection session, RunRequest request, String runId) {
        try {
            return Optional.of(RunLock.acquire(session, request, runId));
        } catch (JobFailure failure) {
            if (failure.exitCode() != ExitCode.HELD || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            log.debug("waiting: {}", failure.getMessage());
            return Optional.empty();
        }
    }

    private interface Opening {
        Entry in(Connection session);
    }

    private static Entry within(Database database, Opening opening) {
        Connection session = database.connect();
        try {
            SchemaVersion.require(session);
            return opening.in(session);
        } catch (RuntimeException refused) {
            RunLock.end(session);
            throw refused;
        }
    }
}
