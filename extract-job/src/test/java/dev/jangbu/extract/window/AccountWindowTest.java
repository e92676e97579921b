package dev.jangbu.extract.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountWindowTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Account ACCOUNT =
            new Account("cafe24-hlogdemo", "hlog", Channel.CAFE24, "hlogdemo", null, null);

    @Test
    void aWindowGoesFromTheWatermarkUntilTheSettledPresent() {
        AccountWindow window = window(false, null, "2026-03-01T00:00:00Z");

        assertThat(window.from()).hasToString("2026-03-01T00:00:00Z");
        assertThat(window.to()).hasToString("2026-03-01T23:58:00Z");
        assertThat(window.isFirst()).isFalse();
        assertThat(window.firstDay(Duration.ofDays(3))).hasToString("2026-02-26");
        assertThat(window.lastDay()).hasToString("2026-03-02");
    }

    @Test
    void aFirstWindowGoesNinetyDaysBackOrToTheDayAskedFor() {
        assertThat(window(false, null, null).from()).hasToString("2025-12-01T15:00:00Z");
        assertThat(window(false, null, null).isFirst()).isTrue();
        assertThat(window(false, LocalDate.of(2026, 1, 1), null).from()).hasToString("2025-12-31T15:00:00Z");
    }

    @Test
    void daysMayBeReadAgainButNotSkipped() {
        assertThat(window(false, LocalDate.of(2026, 2, 1), "2026-03-01T00:00:00Z")
                        .from())
                .hasToString("2026-01-31T15:00:00Z");
        assertThatThrownBy(() -> window(false, LocalDate.of(2026, 3, 2), "2026-03-01T00:00:00Z"))
                .hasMessage(
                        "--from-date: 2026-03-02 (expected: 2026-03-01 or earlier: what comes after it is not loaded"
                                + " yet)");
    }

    @Test
    void aFirstLoadMayBeDoneInPieces() {
        WindowOptions piece =
                new WindowOptions(ACCOUNT.id(), false, LocalDate.of(2025, 1, 1), LocalDate.of(2025, 3, 31));
        AccountWindow window = AccountWindow.of(ACCOUNT, piece, DAY, null, BusinessCalendar.seoul(), NOW);

        assertThat(window.from()).hasToString("2024-12-31T15:00:00Z");
        assertThat(window.to()).hasToString("2025-03-31T15:00:00Z");
        assertThat(window.lastDay()).hasToString("2025-03-31");
        assertThatThrownBy(() -> new WindowOptions(ACCOUNT.id(), false, null, DAY))
                .hasMessage("--to-date: 2026-03-02 (expected: given with --from-date)");
        assertThatThrownBy(() -> new WindowOptions(ACCOUNT.id(), false, DAY, DAY.minusDays(1)))
                .hasMessage("--to-date: 2026-03-01 (expected: 2026-03-02 or later)");
    }

    @Test
    void aReconcileReadsNinetyDaysAndNeverLeavesAGap() {
        assertThat(window(true, null, "2026-02-28T00:00:00Z").from()).hasToString("2025-12-01T15:00:00Z");
        assertThat(window(true, null, "2025-06-01T00:00:00Z").from()).hasToString("2025-06-01T00:00:00Z");
        assertThat(window(true, null, null).isFirst()).isFalse();
    }

    /** A run straight after another, or of a clock that was set back. */
    @Test
    void aWatermarkOfTheFutureIsAnEmptyWindow() {
        AccountWindow window = window(false, null, "2026-03-02T00:00:00Z");

        assertThat(window.from()).isEqualTo(window.to()).hasToString("2026-03-01T23:58:00Z");
    }

    private static AccountWindow window(boolean isReconcile, @Nullable LocalDate fromDate, @Nullable String watermark) {
        return AccountWindow.of(
                ACCOUNT,
                new WindowOptions(ACCOUNT.id(), isReconcile, fromDate),
                DAY,
                watermark == null ? null : Instant.parse(watermark),
                BusinessCalendar.seoul(),
                NOW);
    }
}
