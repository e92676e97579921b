package dev.jangbu.sandbox.smartstore;

import java.time.Duration;
import java.time.Instant;

/** Two calls a second, four at once. Guarded by its application. */
final class TokenBucket {
    static final int RATE = 2;
    static final int BURST = 4;

    private double left = BURST;
    private Instant at = Instant.EPOCH;

    boolean admits(Instant now) {
        double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1_000.0);
        left = Math.min(BURST, left + seconds * RATE);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    int left() {
        return (int) left;
    }
}
