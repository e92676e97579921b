package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepTest {
    @Test
    void stepsSideBySideAreCountedOnceAndPausesNot() {
        List<Step> steps =
                List.of(step(100, "5.000"), step(0, "2.500"), step(1, "3.000"), step(2, "0.100"), step(3, null));

        assertThat(Step.busySeconds(steps)).isEqualByComparingTo("9.000");
        assertThat(Step.busySeconds(List.of())).isEqualByComparingTo("0");
    }

    private static Step step(int start, @Nullable String seconds) {
        return new Step(
                "mart-job",
                "mart_orders",
                "done",
                Instant.EPOCH.plusSeconds(start),
                seconds == null ? null : new BigDecimal(seconds),
                "run",
                "");
    }
}
