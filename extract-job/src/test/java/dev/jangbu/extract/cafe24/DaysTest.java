package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DaysTest {
    @Test
    void windowsCoverEachDayOnceTheNewestFirst() {
        Days days = new Days(LocalDate.of(2025, 12, 2), LocalDate.of(2026, 3, 2));

        assertThat(days.windows(89))
                .containsExactly(
                        new Days(LocalDate.of(2025, 12, 4), LocalDate.of(2026, 3, 2)),
                        new Days(LocalDate.of(2025, 12, 2), LocalDate.of(2025, 12, 3)));
        assertThat(new Days(days.first(), days.first()).windows(89)).hasSize(1);
    }

    @Test
    void halvesMeetWithoutOverlap() {
        assertThat(new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 3)).halves())
                .containsExactly(
                        new Days(LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 3)),
                        new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));
        assertThat(new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)).halves())
                .containsExactly(
                        new Days(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 2)),
                        new Days(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 1)));
    }
}
