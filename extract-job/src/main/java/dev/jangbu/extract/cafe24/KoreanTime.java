package dev.jangbu.extract.cafe24;

import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Cafe24's times: with an offset, or without one, where they are Korea's and not UTC's. */
final class KoreanTime {
    private KoreanTime() {}

    /** @throws java.time.DateTimeException when it is no time */
    static Instant parse(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
        return time instanceof ZonedDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time)
                        .atZone(BusinessCalendar.seoul().zone())
                        .toInstant();
    }
}
