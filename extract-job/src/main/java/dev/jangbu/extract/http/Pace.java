package dev.jangbu.extract.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time of one run of one account: its clock, how it waits, and how much it may use up.
 *
 * @param turnstile what it shares with the machine's other runs; null where its platform does not mind how many call
 */
public record Pace(
        Clock clock,
        Sleeper sleeper,
        Budget budget,
        @Nullable Turnstile turnstile) {
    /** A machine so busy that nobody wakes in time still goes on. */
    private static final int MOST_TURNS = 5;

    private static final Duration LATE = Duration.ofMillis(50);

    /** Of a platform that does not mind how many call from one address. */
    public Pace(Clock clock, Sleeper sleeper, Budget budget) {
        this(clock, sleeper, budget, null);
    }

    /** With the machine's time and the usual budget. */
    public static Pace ofRun(Clock clock) {
        return new Pace(clock, Sleeper.real(), Budget.ofRun(clock));
    }

    /**
     * Waits, unless the run's time would be over by then.
     *
     * @throws dev.jangbu.kit.exit.JobFailure of {@link FailureKind#BUDGET} instead
     */
    public void sleep(Duration wait) {
        if (!wait.isNegative() && !wait.isZero()) {
            budget.requireTime(wait);
            sleeper.sleep(wait);
        }
    }

    /** Waits until the address may make another call, as {@link #sleep}. Who is late has missed the turn, and takes another. */
    void awaitTurn() {
        boolean isMissed = turnstile != null;
        for (int tries = 0; isMissed && tries < MOST_TURNS; tries++) {
            isMissed = !isInTime();
        }
    }

    private boolean isInTime() {
        Instant turn = Objects.requireNonNull(turnstile).take(clock);
        sleep(Duration.between(clock.instant(), turn));
        return !clock.instant().isAfter(turn.plus(LATE));
    }
}
