package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.account.Property;
import dev.jangbu.sandbox.http.Fields;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The quotas of one property, for its one project: by hour and by day of California. Thread-safe. */
final class PropertyState {
    static final int CONCURRENT = 10;
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final long DAY = 200_000;
    private static final long HOUR = 40_000;
    private static final long PROJECT_HOUR = 14_000;
    private static final int THRESHOLDED_HOUR = 120;
    private static final int ERRORS_HOUR = 10;

    private final Property property;
    private final AtomicInteger inFlight = new AtomicInteger();
    private LocalDate day = LocalDate.EPOCH;
    private Instant hour = Instant.EPOCH;
    private long ofDay;
    private long ofHour;
    private int thresholded;
    private int errors;

    PropertyState(Property property) {
        this.property = property;
    }

    Property property() {
        return property;
    }

    /** How many calls are being answered, this one included. */
    int enter() {
        return inFlight.incrementAndGet();
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    synchronized void requireLeft(Instant now) {
        roll(now);
        if (ofDay >= DAY) {
            throw Problem.exhausted("for the day");
        }
        if (ofHour >= PROJECT_HOUR) {
            throw Problem.exhausted("for the project and hour");
        }
        if (thresholded >= THRESHOLDED_HOUR) {
            throw Problem.exhausted("for potentially thresholded requests and the hour");
        }
        if (errors >= ERRORS_HOUR) {
            throw Problem.exhausted("for server errors and the hour");
        }
    }

    synchronized void spend(long tokens, Instant now) {
        roll(now);
        ofDay += tokens;
        ofHour += tokens;
        thresholded += property.isThresholded() ? 1 : 0;
    }

    synchronized void countError(Instant now) {
        roll(now);
        errors++;
    }

    synchronized Fields json(long spent) {
        return Fields.of("tokensPerDay", status(spent, DAY - ofDay))
                .with("tokensPerHour", status(spent, HOUR - ofHour))
                .with("concurrentRequests", status(0, CONCURRENT - inFlight.get() + 1))
                .with("serverErrorsPerProjectPerHour", status(0, ERRORS_HOUR - errors))
                .with("potentiallyThresholdedRequestsPerHour", status(0, THRESHOLDED_HOUR - thresholded))
                .with("tokensPerProjectPerHour", status(spent, PROJECT_HOUR - ofHour));
    }

    private void roll(Instant now) {
        LocalDate today = now.atZone(PACIFIC).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            ofDay = 0;
        }
        Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
        if (!thisHour.equals(hour)) {
            hour = thisHour;
            ofHour = 0;
            thresholded = 0;
            errors = 0;
        }
    }

    private static Fields status(long consumed, long remaining) {
        return Fields.of("consumed", consumed).with("remaining", Math.max(0, remaining));
    }
}
