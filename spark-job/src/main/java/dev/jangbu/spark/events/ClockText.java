package dev.jangbu.spark.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Reads moments as clean files have them, {@code 2026-01-15T00:30:00.123456Z}. Of one thread. */
final class ClockText {
    private static final String FORM = "0000-00-00T00:00:00.000000Z";
    private static final long SECONDS_A_DAY = 86_400;
    private static final long MICROS = 1_000_000;

    /** Rows of a file are of one day or two. */
    private int date = -1;

    private long epochDay;

    /**
     * Microseconds since 1970. Other forms of {@link Instant#parse} take longer.
     *
     * @throws DateTimeException when it is no moment
     */
    long micros(byte[] text, int from, int length) {
        if (!isOfForm(text, from, length)) {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, Instant.parse(new String(text, from, length, StandardCharsets.UTF_8)));
        }
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new DateTimeException("no time of day");
        }
        long seconds = day(text, from) * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second;
        return seconds * MICROS + number(text, from + 20, 6);
    }

    private long day(byte[] text, int from) {
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int wanted = year * 10_000 + month * 100 + day;
        if (wanted != date) {
            epochDay = LocalDate.of(year, month, day).toEpochDay();
            date = wanted;
        }
        return epochDay;
    }

    private static boolean isOfForm(byte[] text, int from, int length) {
        if (length != FORM.length()) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            byte sign = text[from + at];
            char wanted = FORM.charAt(at);
            if (wanted == '0' ? sign < '0' || sign > '9' : sign != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int at = from; at < from + digits; at++) {
            number = 10 * number + text[at] - '0';
        }
        return number;
    }
}
