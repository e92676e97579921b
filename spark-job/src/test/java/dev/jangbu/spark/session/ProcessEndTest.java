package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
    @Test
    void onlyADriverThatYarnRunsMayNotExitByItself() {
        assertThat(isRunByYarn(Map.of("spark.master", "yarn", "spark.submit.deployMode", "cluster")))
                .isTrue();
        assertThat(isRunByYarn(Map.of("spark.master", "yarn", "spark.submit.deployMode", "client")))
                .isFalse();
        assertThat(isRunByYarn(Map.of("spark.master", "k8s://https://one:6443", "spark.submit.deployMode", "cluster")))
                .isFalse();
        assertThat(isRunByYarn(Map.of())).isFalse();
    }

    @Test
    void aDoneRunReturnsToYarnAndAnyOtherTellsItsExitCode() {
        assertThatCode(() -> ProcessEnd.tellYarn(0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ProcessEnd.tellYarn(10))
                .isInstanceOfSatisfying(SparkUserAppException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(10));
    }

    private static boolean isRunByYarn(Map<String, String> properties) {
        return ProcessEnd.isRunByYarn(properties::get);
    }
}
