package dev.jangbu.spark.session;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's session, started beside what else a run has to do at its start, and shared by all its days. Closing ends it.
 */
public final class SparkStart implements AutoCloseable {
    /** Here, so that logging is there before two threads ask for it at once, of which it would complain. */
    private static final Logger log = LoggerFactory.getLogger(SparkStart.class);

    private final CompletableFuture<SparkSession> session;

    private SparkStart(CompletableFuture<SparkSession> session) {
        this.session = session;
    }

    public static SparkStart begin(SparkSettings settings) {
        log.debug("master={} state=starting", settings.master());
        CompletableFuture<SparkSession> session = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(settings, session), "spark");
        thread.setDaemon(true);
        thread.start();
        return new SparkStart(session);
    }

    /** A session that is there already; it is ended with this. */
    public static SparkStart of(SparkSession session) {
        return new SparkStart(CompletableFuture.completedFuture(session));
    }

    /** Waits for the session. */
    public SparkSession session() {
        try {
            return session.join();
        } catch (CompletionException failure) {
            throw SparkFailures.explain(failure.getCause(), "Spark did not start");
        }
    }

    /** Does not wait for a session that is still starting: it ends with the process. */
    @Override
    public void close() {
        if (session.isDone() && !session.isCompletedExceptionally()) {
            session.join().stop();
        }
    }

    private static void start(SparkSettings settings, CompletableFuture<SparkSession> session) {
        try {
            ArtifactsFolder.removeAtEnd();
            Scratch.tidy(Instant.now());
            YarnSite.require(settings);
            SparkSession started = settings.builder().getOrCreate();
            if (!settings.isLocal()) {
                new ExecutorWatch(started, settings.master()).begin();
            }
            session.complete(started);
        } catch (Throwable failure) {
            session.completeExceptionally(failure);
        }
    }
}
