package dev.jangbu.sandbox.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/** Stands still, or runs as the machine does. Milliseconds; thread-safe. */
public final class VirtualClock {
    /** Where the shops' days begin and end. */
    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final LongSupplier nanoTime;
    private Instant base;
    private long since;
    private boolean running;

    private VirtualClock(Instant base, boolean running, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.base = base.truncatedTo(ChronoUnit.MILLIS);
        this.since = nanoTime.getAsLong();
        this.running = running;
    }

    public static VirtualClock standingAt(Instant instant) {
        return new VirtualClock(instant, false, System::nanoTime);
    }

    public static VirtualClock runningFrom(Instant instant) {
        return new VirtualClock(instant, true, System::nanoTime);
    }

    public synchronized Instant now() {
        if (!running) {
            return base;
        }
        return base.plusNanos(nanoTime.getAsLong() - since).truncatedTo(ChronoUnit.MILLIS);
    }

    public synchronized boolean isRunning() {
        return running;
    }

    /** To any time, also an earlier one. */
    public synchronized void set(Instant instant) {
        base = instant.truncatedTo(ChronoUnit.MILLIS);
        since = nanoTime.getAsLong();
    }

    public synchronized void advance(Duration duration) {
        set(now().plus(duration));
    }

    public synchronized void run(boolean isToRun) {
        set(now());
        running = isToRun;
    }
}
