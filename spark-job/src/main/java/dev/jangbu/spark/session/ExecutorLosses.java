package dev.jangbu.spark.session;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts executors that were lost, and tells of each why. */
final class ExecutorLosses extends SparkListener {
    private static final Logger log = LoggerFactory.getLogger(ExecutorLosses.class);

    private final AtomicInteger count = new AtomicInteger();

    int count() {
        return count.get();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        log.warn(
                "executor={} state=lost count={} reason=\"{}\"",
                removed.executorId(),
                count.incrementAndGet(),
                removed.reason().strip());
    }
}
