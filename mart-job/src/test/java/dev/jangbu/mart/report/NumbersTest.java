package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void aRateIsNeverRoundedUpToItsThreshold() {
        assertThat(Numbers.percent(new BigDecimal("0.989999"), 2)).isEqualTo("98.99");
        assertThat(Numbers.percent(new BigDecimal("0.999999"), 3)).isEqualTo("99.999");
        assertThat(Numbers.percent(BigDecimal.ONE, 1)).isEqualTo("100.0");
        assertThat(Numbers.shortPercent(new BigDecimal("0.990000"))).isEqualTo("99");
        assertThat(Numbers.shortPercent(new BigDecimal("0.995"))).isEqualTo("99.5");
    }

    @Test
    void wonIsSaidOnlyWhereItIsWon() {
        assertThat(Numbers.money(new BigDecimal("1234567.00"), "default")).isEqualTo("1,234,567원");
        assertThat(Numbers.money(new BigDecimal("1234567.50"), "online-retail")).isEqualTo("1,234,567.50");
        assertThat(Numbers.money(new BigDecimal("1200"), "")).isEqualTo("1,200");
        assertThat(Numbers.money(null, "default")).isEqualTo("–");
    }

    @Test
    void aCountHasItsThousandsApart() {
        assertThat(Numbers.count(1_009_042L)).isEqualTo("1,009,042");
        assertThat(Numbers.count(null)).isEqualTo("–");
    }
}
