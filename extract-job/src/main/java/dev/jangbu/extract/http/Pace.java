package dev.jangbu.extract.http;

import java.time.Clock;
import java.time.Duration;

/** The time of one run of one account: its clock, how it waits, and how much it may use up. */
public record Pace(Clock clock, Sleeper sleeper, Budget budget) {
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
}
