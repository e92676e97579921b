package dev.jangbu.transform.fast;

import dev.jangbu.kit.time.BusinessCalendar;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** Reads the time of an ordinary event as bytes, and writes it as the clean file has it. Only for times of one day. */
final class TimeScanner {
    /** Not a time of the day, or not written in a usual way. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final int DAY_SECONDS = 86_400;
    private static final int DATE_LENGTH = 10;
    private static final int[] DAYS_BEFORE = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] DAYS_IN = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final long dayStart;
    private final long dayEnd;
    private final boolean hasFixedOffset;
    private final long zoneOffset;
    private final long firstUtcDay;
    private final byte[] utcDates;
    private int end;

    TimeScanner(BusinessCalendar calendar, LocalDate businessDate) {
        Instant start = calendar.startOf(businessDate);
        ZoneRules rules = calendar.zone().getRules();
        ZoneOffset offset = rules.getOffset(start);
        this.dayStart = start.getEpochSecond() * MICROS;
        this.dayEnd = calendar.endOf(businessDate).getEpochSecond() * MICROS;
        this.hasFixedOffset = rules.nextTransition(start.minusSeconds(DAY_SECONDS)) == null
                || rules.nextTransition(start.minusSeconds(DAY_SECONDS))
                        .getInstant()
                        .isAfter(start.plusSeconds(2 * DAY_SECONDS));
        this.zoneOffset = offset.getTotalSeconds();
        this.firstUtcDay = Math.floorDiv(start.getEpochSecond(), DAY_SECONDS);
        LocalDate first = LocalDate.ofEpochDay(firstUtcDay);
        this.utcDates = (first.toString() + first.plusDays(1) + first.plusDays(2) + "      ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Microseconds since 1970 UTC of the time that begins at {@code at}; {@link #NONE} unless it lies on the day. */
    long scan(byte[] bytes, int at) {
        int year = four(bytes, at);
        int month = two(bytes, at + 5);
        int day = two(bytes, at + 8);
        int hour = two(bytes, at + 11);
        int minute = two(bytes, at + 14);
        boolean isForm = (year | month | day | hour | minute) >= 0
                && bytes[at + 4] == '-'
                && bytes[at + 7] == '-'
                && (bytes[at + 10] == 'T' || bytes[at + 10] == ' ')
                && bytes[at + 13] == ':';
        if (!isForm || month > 12 || month == 0 || day == 0 || day > daysIn(year, month) || hour > 23 || minute > 59) {
            return NONE;
        }
        long seconds = epochDay(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L;
        return withSeconds(bytes, at + 16, seconds);
    }

    /** Where the last time scanned ended. */
    int end() {
        return end;
    }

    private long withSeconds(byte[] bytes, int at, long seconds) {
        int next = at;
        int second = 0;
        long micros = 0;
        if (bytes[next] == ':') {
            second = two(bytes, next + 1);
            if (second < 0 || second > 59) {
                return NONE;
            }
            next += 3;
            if (bytes[next] == '.') {
                int digits = 0;
                int scale = 100_000;
                for (next++; isDigit(bytes[next]); next++, digits++, scale /= 10) {
                    micros += (long) (bytes[next] - '0') * scale;
                }
                if (digits == 0 || digits > 9) {
                    return NONE;
                }
            }
        }
        return withOffset(bytes, next, (seconds + second) * MICROS + micros);
    }

    private long withOffset(byte[] bytes, int at, long local) {
        byte mark = bytes[at];
        if (mark == '"') {
            end = at;
            return hasFixedOffset ? onDay(local - zoneOffset * MICROS) : NONE;
        }
        if (mark == 'Z') {
            end = at + 1;
            return onDay(local);
        }
        int hours = two(bytes, at + 1);
        int minutes = two(bytes, at + 4);
        if ((mark != '+' && mark != '-') || (hours | minutes) < 0 || bytes[at + 3] != ':') {
            return NONE;
        }
        int offset = hours * 60 + minutes;
        if (minutes > 59 || offset > 18 * 60) {
            return NONE;
        }
        end = at + 6;
        return onDay(local - (mark == '-' ? -offset : offset) * 60L * MICROS);
    }

    private long onDay(long instant) {
        return instant >= dayStart && instant < dayEnd ? instant : NONE;
    }

    /** Writes {@code 2026-01-15T01:02:03.123456Z}; returns the index behind it. */
    int write(long instant, byte[] target, int at) {
        long second = Math.floorDiv(instant, MICROS);
        int micros = (int) Math.floorMod(instant, MICROS);
        int ofDay = (int) Math.floorMod(second, (long) DAY_SECONDS);
        int date = (int) (Math.floorDiv(second, (long) DAY_SECONDS) - firstUtcDay) * DATE_LENGTH;
        int next = ByteWords.copy(utcDates, date, target, at, DATE_LENGTH);
        next = write(target, next, 'T', ofDay / 3600);
        next = write(target, next, ':', ofDay / 60 % 60);
        next = write(target, next, ':', ofDay % 60);
        next = write(target, next, '.', micros / 10_000);
        target[next] = (byte) ('0' + micros / 1000 % 10);
        target[next + 1] = (byte) ('0' + micros / 100 % 10);
        target[next + 2] = (byte) ('0' + micros / 10 % 10);
        target[next + 3] = (byte) ('0' + micros % 10);
        target[next + 4] = 'Z';
        return next + 5;
    }

    private static int write(byte[] target, int at, char mark, int number) {
        target[at] = (byte) mark;
        target[at + 1] = (byte) ('0' + number / 10);
        target[at + 2] = (byte) ('0' + number % 10);
        return at + 3;
    }

    private static long epochDay(int year, int month, int day) {
        long before = year - 1L;
        long leapDay = month > 2 && isLeap(year) ? 1 : 0;
        return before * 365 + before / 4 - before / 100 + before / 400 + DAYS_BEFORE[month] + leapDay + day - 719_163;
    }

    private static int daysIn(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS_IN[month];
    }

    private static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static int four(byte[] bytes, int at) {
        int high = two(bytes, at);
        int low = two(bytes, at + 2);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }

    /** A number of two digits; negative when they are none. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int units = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || units < 0 || units > 9 ? -1 : tens * 10 + units;
    }
}
