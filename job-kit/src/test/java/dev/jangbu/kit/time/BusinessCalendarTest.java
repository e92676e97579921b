package dev.jangbu.kit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

    @Test
    void aDayOfSeoulBeginsAtFifteenHoursUtcOfTheDayBefore() {
        BusinessCalendar seoul = BusinessCalendar.from(Map.of());

        assertThat(seoul.startOf(DAY)).isEqualTo(Instant.parse("2026-01-14T15:00:00Z"));
        assertThat(seoul.endOf(DAY)).isEqualTo(Instant.parse("2026-01-15T15:00:00Z"));
    }

    @Test
    void yesterdayIsTheBusinessZonesWhateverTheMachinesZone() {
        Clock justAfterMidnightInSeoul = Clock.fixed(Instant.parse("2026-01-15T15:00:00Z"), ZoneOffset.UTC);

        assertThat(BusinessCalendar.seoul().yesterday(justAfterMidnightInSeoul)).isEqualTo(DAY);
    }

    @Test
    void anotherZoneIsASetting() {
        assertThat(BusinessCalendar.from(Map.of("JANGBU_ZONE", "Asia/Tokyo")).zone())
                .isEqualTo(ZoneId.of("Asia/Tokyo"));
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThatThrownBy(() -> BusinessCalendar.from(Map.of("JANGBU_ZONE", "Asia/Soul")))
                .hasMessage("JANGBU_ZONE: Asia/Soul (expected: a zone such as Asia/Seoul)");
    }
}
