package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class SparkFailuresTest {
    @Test
    void aClusterThatDoesNotAnswerIsADependencyThatIsAway() {
        assertThat(told(new SparkException(
                        "Application has been killed. Reason: All masters are unresponsive! Giving up.")))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage("cannot read the day: Application has been killed. Reason: All masters are unresponsive!"
                        + " Giving up.; see that the cluster runs, and run again");
    }

    @Test
    void aContextThatWasStoppedFromOutsideIsAClusterThatIsAway() {
        IllegalStateException stopped = new IllegalStateException("LiveListenerBus is stopped.");
        assertThat(told(new IllegalStateException("cannot begin", stopped)))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage(
                        "cannot read the day: LiveListenerBus is stopped.; see that the cluster runs, and run again");
    }

    @Test
    void aKindOfClusterThatSparksJarsDoNotKnowIsAWrongSetting() {
        assertThat(told(new SparkException("Could not parse Master URL: 'yarn'")))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage(
                        "cannot read the day: Could not parse Master URL: 'yarn' (expected: a run by spark-submit of a"
                                + " Spark that knows this kind of cluster)");
    }

    @Test
    void aClusterThatCannotBeReachedIsAwayAndTheReasonBeneathIsTold() {
        Exception refused = new SparkException(
                "External scheduler cannot be instantiated",
                new IllegalStateException("An error has occurred.", new ConnectException("Connection refused")));
        assertThat(told(refused))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage("cannot read the day: Connection refused; see that the cluster runs, and run again");
    }

    @Test
    void whyAClusterCouldNotBeAskedIsTold() {
        Exception refused = new SparkException(
                "External scheduler cannot be instantiated",
                new IllegalStateException(
                        "An error has occurred.", new IOException("Invalid DER: object is not integer")));
        assertThat(told(refused))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.FAILED))
                .hasMessage("cannot read the day: External scheduler cannot be instantiated: Invalid DER: object is not"
                        + " integer; run again with --verbose for the whole story");
    }

    @Test
    void anyOtherErrorOfSparksIsToldInOneLine() {
        assertThat(told(new IllegalStateException(new SparkException("Job aborted.\nDriver stacktrace:"))))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.FAILED))
                .hasMessageStartingWith("cannot read the day: org.apache.spark.SparkException: Job aborted.")
                .hasMessageEndingWith("; run again with --verbose for the whole story");
    }

    @Test
    void whatIsNotOfSparkGoesOnAsItIs() {
        JobFailure refused = new JobFailure(ExitCode.HELD, "held");
        assertThat(told(new IllegalStateException(refused))).hasCause(refused);
        IllegalStateException plain = new IllegalStateException("plain");
        assertThat(told(plain)).isSameAs(plain);
        IllegalStateException memory = new IllegalStateException(new OutOfMemoryError("Java heap space"));
        assertThat(told(memory)).isSameAs(memory);
    }

    private static Throwable told(Exception failure) {
        return catchThrowable(() -> SparkFailures.told(
                        () -> {
                            throw failure;
                        },
                        "cannot read the day")
                .run());
    }
}
