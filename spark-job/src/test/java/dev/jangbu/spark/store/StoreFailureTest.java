package dev.jangbu.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class StoreFailureTest {
    private static final String PLACE = "s3a://shop/days";

    @Test
    void aStoreThatDoesNotAnswerIsADependencyThatIsAway() {
        IOException failure = new IOException("getFileStatus on x\nmore", new ConnectException("Connection refused"));
        JobFailure told = StoreFailure.of("cannot read", PLACE, failure);
        assertThat(told.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(told)
                .hasMessage(
                        "cannot read s3a://shop/days: Connection refused; see that the store answers, and run again");
    }

    @Test
    void keysThatMayNotAreAWrongSetting() {
        JobFailure told = StoreFailure.of("cannot write", PLACE, new AccessDeniedException("s3a://shop/days"));
        assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(told)
                .hasMessage("cannot write s3a://shop/days: s3a://shop/days (expected: keys in JANGBU_S3_ACCESS_KEY_FILE"
                        + " and JANGBU_S3_SECRET_KEY_FILE, or a role, that may)");
    }

    @Test
    void anyOtherRefusalIsAFailure() {
        JobFailure told = StoreFailure.of("cannot read", PLACE, new IOException("torn\nat line 2"));
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told).hasMessage("cannot read s3a://shop/days: torn");
    }
}
