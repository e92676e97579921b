package dev.jangbu.extract.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A clock that stands until somebody waits by it. */
public final class TestTime extends Clock implements Sleeper {
    private final Consumer<Duration> alsoMoves;
    private final List<Duration> waits = new ArrayList<>();
    private Instant now;

    /** @param alsoMoves another clock, such as a sandbox's */
    public TestTime(Instant start, Consumer<Duration> alsoMoves) {
        this.now = start;
        this.alsoMoves = alsoMoves;
    }

    public static TestTime at(String start) {
        return new TestTime(Instant.parse(start), wait -> {});
    }

    public Pace pace() {
        return new Pace(this, this, Budget.ofRun(this));
    }

    /** What was waited for, in order. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public void sleep(Duration duration) {
        waits.add(duration);
        now = now.plus(duration);
        alsoMoves.accept(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
