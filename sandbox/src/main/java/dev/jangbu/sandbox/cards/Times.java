package dev.jangbu.sandbox.cards;

import java.time.LocalDate;

/** Wall-clock times as microseconds since 1970. */
final class Times {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private Times() {}

    static long at(LocalDate date, long micros) {
        return date.toEpochDay() * DAY + micros;
    }

    static LocalDate date(long time) {
        return LocalDate.ofEpochDay(Math.floorDiv(time, DAY));
    }

    /** As {@code 2026-01-02 10:00:00.123456}. */
    static void append(StringBuilder text, long time) {
        append(text, time, ' ');
    }

    static void append(StringBuilder text, long time, char between) {
        text.append(date(time)).append(between);
        long of = Math.floorMod(time, DAY);
        two(text, of / HOUR).append(':');
        two(text, of / MINUTE % 60).append(':');
        two(text, of / SECOND % 60).append('.');
        String micros = Long.toString(SECOND + of % SECOND);
        text.append(micros, 1, micros.length());
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
