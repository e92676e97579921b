package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.scheduler.ExecutorDecommission;
import org.apache.spark.scheduler.ExecutorKilled;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;
import scala.Option;

/** The rest of it takes a cluster: {@code kubernetes/tests/test_spark.py}. */
class ExecutorWatchTest {
    @Test
    void asManyExecutorsMayBeLostAsSparkLets() {
        assertThat(ExecutorWatch.lossLimit("k8s://https://one:6443", 1)).isEqualTo(3);
        assertThat(ExecutorWatch.lossLimit("k8s://https://one:6443", 4)).isEqualTo(8);
        assertThat(ExecutorWatch.lossLimit("k8s://https://one:6443", Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(ExecutorWatch.lossLimit("spark://one:7077", 4)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void lossesAreCounted() {
        ExecutorLosses losses = new ExecutorLosses();
        losses.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "1", "Unable to create executor"));
        losses.onExecutorRemoved(new SparkListenerExecutorRemoved(1, "2", "Unable to create executor"));
        losses.onExecutorRemoved(new SparkListenerExecutorRemoved(2, "3", ExecutorKilled.message()));
        losses.onExecutorRemoved(new SparkListenerExecutorRemoved(
                3, "4", new ExecutorDecommission(Option.empty(), "its node is going").message()));
        assertThat(losses.count()).as("without those that were sent away").isEqualTo(2);
    }
}
