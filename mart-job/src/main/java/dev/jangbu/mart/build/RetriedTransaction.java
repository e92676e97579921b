package dev.jangbu.mart.build;

import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A REPEATABLE READ transaction that is begun again when PostgreSQL says that another one was in its way
 * (serialization_failure, deadlock_detected), and on no other failure.
 */
final class RetriedTransaction {
    private static final Logger log = LoggerFactory.getLogger(RetriedTransaction.class);
    private static final Set<String> PASSING = Set.of("40001", "40P01");
    private static final String LOCK = "SELECT CAST(pg_advisory_lock(HASHTEXTEXTENDED(:name, 0)) AS TEXT)";
    private static final String UNLOCK = "SELECT CAST(pg_advisory_unlock(HASHTEXTEXTENDED(:name, 0)) AS TEXT)";
    private static final int MOST_TRIES = 5;
    private static final int PAUSE_MILLIS = 100;

    private final Jdbi jdbi;

    RetriedTransaction(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What is done in the transaction; may be called more than once. */
    @FunctionalInterface
    interface Work<T> {
        T run(Handle handle) throws SQLException;
    }

    /**
     * Returns after the commit. The last failure carries those before it.
     *
     * @param lockName of an advisory lock that is held from before the transaction's snapshot until after its commit: of
     *     two with one name the later sees what the earlier wrote
     */
    <T> T run(String lockName, Work<T> work) {
        @Nullable RuntimeException before = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(lockName, work);
            } catch (RuntimeException failure) {
                if (before != null) {
                    failure.addSuppressed(before);
                }
                if (attempt == MOST_TRIES || !isPassing(failure)) {
                    throw failure;
                }
                log.warn("transaction=again attempt={} reason=\"{}\"", attempt, failure.getMessage());
                before = failure;
                pause(attempt);
            }
        }
    }

    private <T> T once(String lockName, Work<T> work) {
        return jdbi.withHandle(handle -> {
            ask(handle, LOCK, lockName);
            try {
                return handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, held -> work(held, work));
            } finally {
                unlock(handle, lockName);
            }
        });
    }

    private static <T> T work(Handle handle, Work<T> work) {
        try {
            return work.run(handle);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot build");
        }
    }

    private static void ask(Handle handle, String query, String lockName) {
        handle.createQuery(query).bind("name", lockName).mapTo(String.class).findOne();
    }

    /** The session's end frees it too: where the connection is lost, what it was lost by is what is told. */
    private static void unlock(Handle handle, String lockName) {
        try {
            ask(handle, UNLOCK, lockName);
        } catch (RuntimeException gone) {
            log.debug("cannot unlock {}", lockName, gone);
        }
    }

    private static boolean isPassing(RuntimeException failure) {
        SQLException sql = SqlFailures.find(failure);
        return sql != null && PASSING.contains(String.valueOf(sql.getSQLState()));
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS, PAUSE_MILLIS * (attempt + 1L)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailure(ExitCode.FAILED, "stopped while waiting to try again", interrupted);
        }
    }
}
