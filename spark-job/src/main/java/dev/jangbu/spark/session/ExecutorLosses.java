package dev.jangbu.spark.session;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts executors that were lost, and tells of each why; those the run sent away itself are none. */
final class ExecutorLosses extends SparkListener {
    private static final Logger log = LoggerFactory.getLogger(ExecutorLosses.class);

    /** Said of an idle one that was ended, and of one whose node is going, which Spark was told in time. */
    private static final List<String> SENT_AWAY = List.of("Executor killed by driver", "Executor decommission");

    private final AtomicInteger count = new AtomicInteger();

    int count() {
        return count.get();
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        String reason = removed.reason().strip();
        if (SENT_AWAY.stream().anyMatch(reason::startsWith)) {
            return;
        }
        log.warn(
                "executor={} state=lost count={} reason=\"{}\"", removed.executorId(), count.incrementAndGet(), reason);
    }
}
