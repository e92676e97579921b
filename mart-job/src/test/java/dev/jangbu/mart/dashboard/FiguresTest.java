package dev.jangbu.mart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.page.Axis;
import dev.jangbu.mart.page.Compact;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "7, 7, 7",
        "999, 999, 999",
        "3028, '3,028', 3.03K",
        "12345, 1.23만, 12.3K",
        "4561125, 456만, 4.56M",
        "10000000, '1,000만', 10M",
        "195169700, 1.95억, 195M",
        "5716814900, 57.2억, 5.72B",
        "1500000000000, 1.5조, 1.5T"
    })
    void largeNumbersAreShortInBothLanguages(BigDecimal number, String korean, String english) {
        assertThat(Compact.of(number)).isEqualTo(new Words(korean, english));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 3, 4, 5, 9, 10, 99, 101, 12_345, 1_009_042, 5e9})
    void anAxisFromZeroHoldsItsHighestInFiveTicks(double highest) {
        Axis axis = Axis.fromZero(highest);

        assertThat(axis.ticks()).hasSizeBetween(2, 5).startsWith(0.0);
        assertThat(axis.position(highest)).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.999, 0.99, 0.979, 0.9, 0.5, 0.02, 0})
    void anAxisOfRatesEndsAtOne(double lowest) {
        Axis axis = Axis.upToOne(lowest);

        assertThat(axis.ticks()).hasSizeBetween(2, 6);
        assertThat(axis.position(1)).isBetween(0.999999, 1.000001);
        assertThat(axis.position(lowest)).isBetween(-0.000001, 1.000001);
    }

    @Test
    void longRangesAreDrawnByWeekOrMonth() {
        assertThat(Bucket.of(SampleDays.dashboard(100).days(), Bucket.Span.ofBars(100)))
                .hasSize(100);
        assertThat(Bucket.of(SampleDays.dashboard(365).days(), Bucket.Span.ofBars(365)))
                .hasSize(53);
        assertThat(Bucket.of(SampleDays.dashboard(1_095).days(), Bucket.Span.ofBars(1_095)))
                .hasSize(36);
        assertThat(Bucket.of(SampleDays.dashboard(1_095).days(), Bucket.Span.ofLine(1_095)))
                .hasSize(157);
    }

    @Test
    void aBucketIsTheMeanOfTheDaysThatHaveTheValue() {
        List<DashboardDay> days = SampleDays.dashboard(30).days().subList(10, 13);

        Bucket bucket = new Bucket(days);

        assertThat(days).extracting(DashboardDay::orders).containsExactly(4_195L, null, 2_737L);
        assertThat(bucket.mean(day -> day.orders() == null ? null : new BigDecimal(day.orders())))
                .isEqualByComparingTo("3466");
        assertThat(bucket.first()).isEqualTo(LocalDate.parse("2026-01-11"));
        assertThat(bucket.lowestPassRate("value_range"))
                .isEqualByComparingTo(days.get(1).checks().get(2).passRate());
        assertThat(bucket.lowestPassRate("unknown")).isNull();
    }

    @Test
    void csvHasARowADayAndNoFormula() {
        String csv = new String(DaysCsv.bytes(SampleDays.dashboard(30)), StandardCharsets.UTF_8);

        assertThat(csv.lines()).hasSize(31);
        assertThat(csv)
                .startsWith(
                        "day,verdict,events,orders,revenue,profile,lines,clean,rejected,in_table,balanced,failed_checks\r\n")
                .contains("\r\n2026-01-12,quality_failed,,,,default,")
                .contains(",,true,value_range\r\n");
        assertThat(DaysCsv.cell("=cmd|' /C calc'!A0")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(DaysCsv.cell("@x,\"y\"")).isEqualTo("\"'@x,\"\"y\"\"\"");
        assertThat(DaysCsv.cell("plain")).isEqualTo("plain");
    }
}
