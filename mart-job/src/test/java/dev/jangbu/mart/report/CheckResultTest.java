package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.mart.report.CheckResult.Outcome;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckResultTest {
    @ParameterizedTest
    @CsvSource({
        "1000000, 10000, fail, pass, PASS",
        "1000000, 10001, fail, fail, FAIL",
        "1000000, 10001, warn, fail, WARN",
        "1000000, 10001, fail, warn, WARN",
        "0, 0, fail, pass, PASS"
    })
    void theThresholdIsComparedByCounts(long counted, long failed, String severity, String status, Outcome outcome) {
        CheckResult check = new CheckResult(
                "value_range",
                "range_check",
                counted,
                failed,
                new BigDecimal("0.99"),
                new BigDecimal("0.99"),
                severity,
                status,
                List.of());

        assertThat(check.outcome()).isEqualTo(outcome);
    }

    @Test
    void moreFailedThanCountedIsRefused() {
        assertThatThrownBy(() -> new CheckResult(
                        "value_range", "range_check", 1, 2, BigDecimal.ONE, BigDecimal.ONE, "fail", "fail", List.of()))
                .hasMessage("value_range: failed 2 (expected: 0..1)");
    }
}
