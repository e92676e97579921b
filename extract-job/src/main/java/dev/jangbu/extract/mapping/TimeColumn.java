package dev.jangbu.extract.mapping;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * When a row happened.
 *
 * @param format how the column is written
 * @param zone of times without offset; null is the business zone
 * @param field that gets the time, as ISO 8601 with offset
 */
record TimeColumn(
        Column column, TimeFormat format, @Nullable ZoneId zone, String field) {
    /** @throws UnmappableRow when the row has no time that can be read */
    OffsetDateTime read(Row row, ZoneId businessZone) {
        String text = column.text(row);
        if (text == null) {
            throw new UnmappableRow(column + ": absent (expected: " + format.word() + ")");
        }
        ZoneId local = zone == null ? businessZone : zone;
        try {
            return format.read(text, local);
        } catch (DateTimeException | ArithmeticException | NumberFormatException notATime) {
            throw new UnmappableRow(column + ": " + cut(text) + " (expected: " + format.word() + ")");
        }
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** How a time is written. */
    sealed interface TimeFormat {
        /** For messages: what is expected. */
        String word();

        OffsetDateTime read(String text, ZoneId local);

        /** A pattern of {@link DateTimeFormatter}, with or without time, with or without offset. */
        record Pattern(String word, DateTimeFormatter formatter) implements TimeFormat {
            @Override
            public OffsetDateTime read(String text, ZoneId local) {
                TemporalAccessor parsed =
                        formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                if (parsed instanceof OffsetDateTime time) {
                    return time;
                }
                if (parsed instanceof LocalDateTime time) {
                    return time.atZone(local).toOffsetDateTime();
                }
                return LocalDate.from(parsed).atStartOfDay(local).toOffsetDateTime();
            }
        }

        /** A count since 1970, of so many in a second. */
        record Epoch(String word, int perSecond) implements TimeFormat {
            @Override
            public OffsetDateTime read(String text, ZoneId local) {
                if (text.length() > 30) {
                    throw new DateTimeException("too long");
                }
                BigDecimal nanos = new BigDecimal(text).movePointRight(9).divide(BigDecimal.valueOf(perSecond));
                Instant instant = Instant.ofEpochSecond(0, nanos.longValueExact());
                return instant.atZone(local).toOffsetDateTime();
            }
        }
    }
}
