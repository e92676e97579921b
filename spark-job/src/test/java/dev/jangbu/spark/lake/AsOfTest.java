package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-16T09:00", "2026-01-16T00:00:00Z", "2026-01-16T09:00:00+09:00"})
    void aTimeIsOneOfSeoulUnlessItSaysItsZone(String text) {
        assertThat(AsOf.parse(text, SEOUL).instant()).isEqualTo(Instant.parse("2026-01-16T00:00:00Z"));
    }

    @Test
    void anotherTextIsRefused() {
        assertThatThrownBy(() -> AsOf.parse("yesterday", SEOUL))
                .hasMessage(
                        "--as-of: yesterday (expected: a time in Asia/Seoul such as 2026-01-16T09:00, or with its own"
                                + " zone, 2026-01-16T00:00:00Z)");
    }
}
