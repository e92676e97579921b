package dev.jangbu.transform.records;

import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Whose records are read, and the calendar its days are of. */
public record Shop(String accountId, BusinessCalendar calendar) {
    /** The business date; null where there is no instant. */
    public @Nullable LocalDate dateOf(@Nullable Instant instant) {
        return instant == null ? null : LocalDate.ofInstant(instant, calendar.zone());
    }
}
