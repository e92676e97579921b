package dev.jangbu.transform.cards;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dates in the business zone, each looked up once: what is told of thousands of rows of a day. Of one thread. */
final class SaleDays {
    private final ZoneId zone;
    private final int firstYear;
    private final int lastYear;
    private final Map<Integer, Day> days = new HashMap<>();
    private Day last = Day.NONE;

    /**
     * A local date.
     *
     * @param number its digits, such as 20260227
     * @param offset from UTC in seconds, all through it
     * @param texts the date before it, itself and the one after
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Day(int number, long epochDay, int offset, byte[][] texts) {
        /** None that can be read without asking more: no date, not of the contract's years, or the clocks change on it. */
        static final Day NONE = new Day(-1, 0, 0, new byte[0][]);

        boolean isNone() {
            return number < 0;
        }

        byte[] text() {
            return texts[1];
        }

        /** @param days -1, 0 or 1 */
        byte[] textAfter(int days) {
            return texts[1 + days];
        }
    }

    SaleDays(ZoneId zone, int firstYear, int lastYear) {
        this.zone = zone;
        this.firstYear = firstYear;
        this.lastYear = lastYear;
    }

    Day of(int number) {
        if (last.number != number) {
            last = days.computeIfAbsent(number, this::find);
        }
        return last;
    }

    private Day find(int number) {
        int year = number / 10_000;
        if (year < firstYear || year > lastYear) {
            return Day.NONE;
        }
        try {
            LocalDate date = LocalDate.of(year, number / 100 % 100, number % 100);
            Instant start = date.atStartOfDay(zone).toInstant();
            ZoneOffset offset = zone.getRules().getOffset(start);
            return isEven(date, start, offset)
                    ? new Day(number, date.toEpochDay(), offset.getTotalSeconds(), texts(date))
                    : Day.NONE;
        } catch (DateTimeException noDate) {
            return Day.NONE;
        }
    }

    /** Whether one offset holds from the day before to the day after. */
    private boolean isEven(LocalDate date, Instant start, ZoneOffset offset) {
        Instant before = start.minusSeconds(86_400);
        @Nullable ZoneOffsetTransition next = zone.getRules().nextTransition(before);
        return offset.equals(zone.getRules().getOffset(before))
                && (next == null
                        || next.getInstant()
                                .isAfter(date.plusDays(2).atStartOfDay(zone).toInstant()));
    }

    private static byte[][] texts(LocalDate date) {
        return new byte[][] {bytes(date.minusDays(1)), bytes(date), bytes(date.plusDays(1))};
    }

    private static byte[] bytes(LocalDate date) {
        return date.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
