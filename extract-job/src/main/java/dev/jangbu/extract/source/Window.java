package dev.jangbu.extract.source;

import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;

/** The time an extraction is asked for: one business date, from its first instant to the next day's. */
public record Window(LocalDate businessDate, BusinessCalendar calendar) {
    /** Inclusive. */
    public Instant from() {
        return calendar.startOf(businessDate);
    }

    /** Exclusive. */
    public Instant to() {
        return calendar.endOf(businessDate);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from()) && instant.isBefore(to());
    }
}
