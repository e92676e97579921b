package dev.jangbu.spark.session;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the first executor of a cluster, and gives a run up that has work and no executor for too long, or whose executors
 * are lost one after the other. Spark itself would wait for ever, or end the process as if somebody had stopped it.
 */
final class ExecutorWatch {
    private static final Logger log = LoggerFactory.getLogger(ExecutorWatch.class);

    /** How long at most, as Spark writes times: {@code 10m}. */
    private static final String LIMIT = "spark.jangbu.executorWait";

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WORD = Duration.ofSeconds(30);

    private final SparkSession session;
    private final SparkStatusTracker tracker;
    private final String master;
    private final Duration limit;
    private final int lossLimit;
    private final ExecutorLosses losses = new ExecutorLosses();

    ExecutorWatch(SparkSession session, String master) {
        SparkContext context = session.sparkContext();
        this.session = session;
        this.tracker = context.statusTracker();
        this.master = master;
        this.limit = Duration.ofSeconds(context.conf().getTimeAsSeconds(LIMIT, "10m"));
        this.lossLimit = lossLimit(master, mostExecutors(context.conf()));
        context.addSparkListener(losses);
    }

    /** As many as Spark lets on Kubernetes, unless told otherwise; elsewhere the cluster has a limit of its own. */
    static int lossLimit(String master, int executors) {
        return KubernetesPods.areOf(master)
                ? (int) Math.min(Math.max(2L * executors, 3), Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    private static int mostExecutors(SparkConf conf) {
        return conf.getBoolean("spark.dynamicAllocation.enabled", false)
                ? conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE)
                : conf.getInt("spark.executor.instances", 2);
    }

    /**
     * Returns as soon as there is an executor, and goes on to watch until the session ends.
     *
     * @throws JobFailure with exit code 11 when none came in time; the session is stopped
     */
    void begin() throws InterruptedException {
        long began = System.nanoTime();
        Duration nextWord = WORD;
        while (!hasExecutor()) {
            Duration waited = since(began);
            if (waited.compareTo(limit) >= 0) {
                session.stop();
                throw new JobFailure(
                        ExitCode.UNAVAILABLE,
                        "no executor came from " + master + " within " + limit.toSeconds()
                                + " s; see there why (no room, image not to be pulled, no way back to this driver), and run again");
            }
            if (waited.compareTo(nextWord) >= 0) {
                log.info("master={} state=waiting executors=0 seconds={}", master, waited.toSeconds());
                nextWord = nextWord.plus(WORD);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        Thread thread = new Thread(this::watch, "executors");
        thread.setDaemon(true);
        thread.start();
    }

    /** A session that is stopped makes waiting work fail, which then says that the cluster is away. */
    private void watch() {
        long lastSeen = System.nanoTime();
        try {
            while (!session.sparkContext().isStopped()) {
                if (hasExecutor() || tracker.getActiveStageIds().length == 0) {
                    lastSeen = System.nanoTime();
                }
                if (since(lastSeen).compareTo(limit) >= 0) {
                    log.error("executors=0 seconds={} state=given_up", limit.toSeconds());
                    session.stop();
                } else if (losses.count() >= lossLimit) {
                    log.error("executors_lost={} state=given_up", losses.count());
                    session.stop();
                }
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** The driver is told of as one of them. */
    private boolean hasExecutor() {
        return tracker.getExecutorInfos().length > 1;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
