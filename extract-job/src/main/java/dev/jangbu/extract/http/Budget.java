package dev.jangbu.extract.http;

import dev.jangbu.kit.exit.JobFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What one run of one account may use up, from the moment it is made: a bound on a loop that does not end. */
public final class Budget {
    private static final int CALLS = 2_000;
    private static final Duration TIME = Duration.ofMinutes(30);

    private final int maxCalls;
    private final Duration maxTime;
    private final Clock clock;
    private final Instant start;
    private int calls;

    private Budget(int maxCalls, Duration maxTime, Clock clock) {
        this.maxCalls = maxCalls;
        this.maxTime = maxTime;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** 2,000 calls and 30 minutes. */
    public static Budget ofRun(Clock clock) {
        return of(CALLS, TIME, clock);
    }

    public static Budget of(int calls, Duration time, Clock clock) {
        if (calls < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("budget: " + calls + " calls, " + time + " (expected: >= 1, > 0)");
        }
        return new Budget(calls, time, clock);
    }

    /** Calls made so far, also those that were repeated. */
    public int calls() {
        return calls;
    }

    /**
     * Counts a call that is about to be made.
     *
     * @throws JobFailure of {@link FailureKind#BUDGET} when there is none left
     */
    public void spend() {
        if (calls >= maxCalls) {
            throw FailureKind.BUDGET.failure(
                    "calls: " + (calls + 1) + " (expected: up to " + maxCalls + " in a run of an account)");
        }
        requireTime(Duration.ZERO);
        calls++;
    }

    /** @throws JobFailure of {@link FailureKind#BUDGET} when waiting so long would end after the time is up */
    void requireTime(Duration wait) {
        Duration used = Duration.between(start, clock.instant()).plus(wait);
        if (used.compareTo(maxTime) > 0) {
            throw FailureKind.BUDGET.failure("minutes: " + used.toMinutes() + " (expected: up to " + maxTime.toMinutes()
                    + " in a run of an account)");
        }
    }
}
