package dev.jangbu.sandbox.cafe24;

import java.time.Duration;
import java.time.Instant;

/** Holds 40 calls and drains two a second. Guarded by its mall. */
final class LeakyBucket {
    static final int CAPACITY = 40;
    private static final double DRAIN = 2.0;

    private double level;
    private Instant at = Instant.EPOCH;

    /** Whether one more goes in. */
    boolean admits(Instant now) {
        double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1_000.0);
        level = Math.max(0, level - seconds * DRAIN);
        at = now;
        if (level + 1 > CAPACITY) {
            return false;
        }
        level++;
        return true;
    }

    /** Such as {@code 3/40}. */
    String header() {
        return (int) Math.ceil(level) + "/" + CAPACITY;
    }
}
