package dev.jangbu.extract.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A bucket of calls that fills by and by. What the platform says of its own bucket counts for more than what was counted
 * here: others may call with the same application. For one thread.
 */
public final class Throttle {
    private static final double NANOS = 1e9;

    private final Clock clock;
    private double capacity;
    private double perSecond;
    private double level;
    private Instant at;

    private Throttle(double capacity, double perSecond, Clock clock) {
        this.clock = clock;
        this.capacity = positive("capacity", capacity);
        this.perSecond = positive("perSecond", perSecond);
        this.level = capacity;
        this.at = clock.instant();
    }

    /** A full one. */
    public static Throttle of(double capacity, double perSecond, Clock clock) {
        return new Throttle(capacity, perSecond, clock);
    }

    /** What the platform allows, from now on. */
    public void allow(double newCapacity, double newPerSecond) {
        fill();
        capacity = positive("capacity", newCapacity);
        perSecond = positive("perSecond", newPerSecond);
        level = Math.min(level, capacity);
    }

    /** Calls the platform says are left; never more than were counted here. */
    public void atMost(double left) {
        fill();
        level = Math.min(level, Math.max(0, left));
    }

    /** No call is made for so long: the platform asks for quiet. */
    public void rest(Duration duration) {
        fill();
        level = Math.min(level, 1 - duration.toNanos() / NANOS * perSecond);
    }

    /** Takes one call, and says how long to wait before it is made. */
    Duration take() {
        fill();
        level -= 1;
        return level >= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-level / perSecond * NANOS));
    }

    private void fill() {
        Instant now = clock.instant();
        double passed = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
        level = Math.min(capacity, level + passed * perSecond);
        at = now;
    }

    private static double positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
        return value;
    }
}
