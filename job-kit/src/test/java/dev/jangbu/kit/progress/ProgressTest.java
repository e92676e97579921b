package dev.jangbu.kit.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void aBarCountsWhatItIsTold() {
        try (Progress progress = Progress.shown("checks 2026-01-15")) {
            progress.add(5_000);
            progress.row();

            assertThat(progress.isShown()).isTrue();
            assertThat(progress.done()).isEqualTo(5_001);
        }
    }

    /** Tests have none. */
    @Test
    void withoutATerminalThereIsNoBar() {
        try (Progress known = Progress.onTerminal("load", 5_001);
                Progress unknown = Progress.onTerminal("load")) {
            known.add(5_000);
            unknown.row();

            assertThat(known.isShown()).isFalse();
            assertThat(unknown.isShown()).isFalse();
        }
    }
}
