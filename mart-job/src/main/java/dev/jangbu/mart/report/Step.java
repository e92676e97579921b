package dev.jangbu.mart.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report's list of runs.
 *
 * @param message one line; empty when all went well
 * @param seconds null where the run has not ended
 */
public record Step(
        String job,
        String slice,
        String status,
        Instant startedAt,
        @Nullable BigDecimal seconds,
        String runId,
        String message) {
    private static final int MILLIS = 3;

    /** The time in which at least one of the steps was running: steps side by side are counted once, pauses not. */
    public static BigDecimal busySeconds(List<Step> steps) {
        Duration busy = Duration.ZERO;
        Instant until = Instant.MIN;
        for (Step step :
                steps.stream().sorted(Comparator.comparing(Step::startedAt)).toList()) {
            Instant from = step.startedAt().isAfter(until) ? step.startedAt() : until;
            if (step.end().isAfter(from)) {
                busy = busy.plus(Duration.between(from, step.end()));
                until = step.end();
            }
        }
        return BigDecimal.valueOf(busy.toMillis(), MILLIS);
    }

    private Instant end() {
        return seconds == null
                ? startedAt
                : startedAt.plusMillis(seconds.movePointRight(MILLIS).longValue());
    }
}
