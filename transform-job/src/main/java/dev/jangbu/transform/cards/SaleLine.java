package dev.jangbu.transform.cards;

import dev.jangbu.kit.json.Utf8Signs;
import java.nio.charset.StandardCharsets;

/**
 * A landing line that is read from its beginning to its end, value after value, into the columns of a row. Whatever is not
 * as usual makes it {@link #isUnusual unusual}, and what was read of it worthless. Of one thread.
 */
final class SaleLine {
    private static final int LEAST_NUMBER = 13;
    private static final int MOST_DIGITS = 18;
    private static final int MOST_AMOUNT = 12;
    private static final int SHOWN_DIGITS = 10;
    private static final int KEY_DIGITS = 64;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DECIMALS = ".00".getBytes(StandardCharsets.US_ASCII);

    private final SaleDays days;
    private final SaleBytes row;
    private byte[] line = new byte[0];
    private int at;
    private boolean isUnusual;
    private SaleDays.Day day = SaleDays.Day.NONE;

    SaleLine(SaleDays days, SaleBytes row) {
        this.days = days;
        this.row = row;
    }

    void begin(byte[] bytes) {
        line = bytes;
        at = 0;
        isUnusual = false;
    }

    boolean isUnusual() {
        return isUnusual;
    }

    /** Whether all of it was read, and nothing of it is unusual. */
    boolean isRead() {
        return !isUnusual && at == line.length;
    }

    int at() {
        return at;
    }

    /** What stands between two values. */
    void expect(byte[] bytes) {
        if (!isNext(bytes)) {
            isUnusual = true;
            return;
        }
        at += bytes.length;
    }

    /** Goes to the next quote without reading what stands before it. */
    void skipText() {
        while (at < line.length && line[at] != '"') {
            at++;
        }
    }

    /** A whole number that is not negative, written as it is. */
    long number() {
        int start = at;
        long number = digits(MOST_DIGITS);
        if (!isUnusual) {
            row.add(line, start, at);
        }
        return number;
    }

    void numberOrNull() {
        if (!isNull()) {
            number();
        }
    }

    /** Won, written with two decimals. */
    long amount() {
        int start = at;
        long amount = digits(MOST_AMOUNT);
        if (!isUnusual) {
            row.add(line, start, at);
            row.add(DECIMALS);
        }
        return amount;
    }

    /** -1 where there is none. */
    long amountOrNull() {
        return isNull() ? -1 : amount();
    }

    boolean flag() {
        if (isNext(TRUE)) {
            at += TRUE.length;
            row.add(TRUE);
            return true;
        }
        expect(FALSE);
        row.add(FALSE);
        return false;
    }

    /** A local time of 26 signs, written in UTC; its microseconds since 1970. */
    long time() {
        int from = at + 1;
        if (at + 28 > line.length
                || line[at] != '"'
                || line[from + 10] != 'T'
                || line[from + 13] != ':'
                || line[from + 16] != ':'
                || line[from + 19] != '.'
                || line[from + 26] != '"'
                || line[from + 4] != '-'
                || line[from + 7] != '-') {
            isUnusual = true;
            return 0;
        }
        at += 28;
        return time(from);
    }

    void timeOrNull() {
        if (!isNull()) {
            time();
        }
    }

    /** The local date of the time that was read last. */
    SaleDays.Day day() {
        return day;
    }

    void text() {
        if (!isNull()) {
            string(Strictness.TEXT);
        }
    }

    /** Text in which no number is as long as a card's. */
    void freeText() {
        if (!isNull()) {
            string(Strictness.FREE_TEXT);
        }
    }

    void maskedNumber() {
        if (!isNull()) {
            string(Strictness.MASKED);
        }
    }

    /** 64 hexadecimal digits. */
    void key() {
        if (isNull()) {
            return;
        }
        int start = at + 1;
        int end = start + KEY_DIGITS;
        if (end >= line.length || line[at] != '"' || line[end] != '"') {
            isUnusual = true;
            return;
        }
        for (int digit = start; digit < end; digit++) {
            isUnusual |= !(isDigit(line[digit]) || (line[digit] >= 'a' && line[digit] <= 'f'));
        }
        row.add(line, start, end);
        at = end + 1;
    }

    private enum Strictness {
        TEXT,
        FREE_TEXT,
        MASKED
    }

    private long time(int from) {
        int number = pair(from) * 1_000_000 + pair(from + 2) * 10_000 + pair(from + 5) * 100 + pair(from + 8);
        int hour = pair(from + 11);
        int minute = pair(from + 14);
        int second = pair(from + 17);
        int micros = pair(from + 20) * 10_000 + pair(from + 22) * 100 + pair(from + 24);
        if (isUnusual || hour > 23 || minute > 59 || second > 59) {
            isUnusual = true;
            return 0;
        }
        day = days.of(number);
        if (day.isNone()) {
            isUnusual = true;
            return 0;
        }
        int utc = hour * 3600 + minute * 60 + second - day.offset();
        int later = Math.floorDiv(utc, SECONDS_OF_DAY);
        writeTime(day.textAfter(later), Math.floorMod(utc, SECONDS_OF_DAY), from + 20);
        return (day.epochDay() * SECONDS_OF_DAY + utc) * 1_000_000L + micros;
    }

    private void writeTime(byte[] date, int second, int microsAt) {
        row.add(date);
        row.add('T');
        row.addTwo(second / 3600);
        row.add(':');
        row.addTwo(second / 60 % 60);
        row.add(':');
        row.addTwo(second % 60);
        row.add('.');
        row.add(line, microsAt, microsAt + 6);
        row.add('Z');
    }

    private int pair(int from) {
        isUnusual |= !isDigit(line[from]) || !isDigit(line[from + 1]);
        return (line[from] - '0') * 10 + line[from + 1] - '0';
    }

    private long digits(int most) {
        int start = at;
        long number = 0;
        while (at < line.length && isDigit(line[at]) && at - start <= most) {
            number = number * 10 + line[at] - '0';
            at++;
        }
        boolean isPadded = at - start > 1 && line[start] == '0';
        boolean isCut = at >= line.length || line[at] != ',';
        isUnusual |= at == start || at - start > most || isPadded || isCut;
        return number;
    }

    private boolean isNull() {
        if (!isNext(NULL)) {
            return false;
        }
        at += NULL.length;
        return true;
    }

    private boolean isNext(byte[] bytes) {
        if (at + bytes.length > line.length) {
            return false;
        }
        for (int next = 0; next < bytes.length; next++) {
            if (line[at + next] != bytes[next]) {
                return false;
            }
        }
        return true;
    }

    private void string(Strictness strictness) {
        int start = at + 1;
        if (start >= line.length || line[at] != '"' || mayBeBlank(line[start])) {
            isUnusual = true;
            return;
        }
        boolean isQuoted = false;
        boolean isEscaped = false;
        int digits = 0;
        int end = start;
        while (!isUnusual && end < line.length && line[end] != '"') {
            byte sign = line[end];
            if (isDigit(sign)) {
                digits++;
                isUnusual = strictness == Strictness.MASKED ? digits > SHOWN_DIGITS : digits == LEAST_NUMBER;
            } else if (strictness != Strictness.MASKED) {
                digits = 0;
            }
            if (sign == '\\') {
                isEscaped = true;
                end++;
                isQuoted |= end < line.length && line[end] == '"';
                isUnusual |= end >= line.length || !isPlainEscape(line[end]);
                end++;
            } else if (sign < 0) {
                end = Utf8Signs.after(line, end);
                isUnusual |= end < 0;
            } else {
                isUnusual |= sign < ' ';
                isQuoted |= sign == ',';
                end++;
            }
        }
        if (isUnusual || end >= line.length) {
            isUnusual = true;
            return;
        }
        at = end + 1;
        write(start, end, isQuoted, isEscaped);
    }

    private void write(int start, int end, boolean isQuoted, boolean isEscaped) {
        if (isQuoted) {
            row.add('"');
        }
        if (isEscaped) {
            writeUnescaped(start, end);
        } else {
            row.add(line, start, end);
        }
        if (isQuoted) {
            row.add('"');
        }
    }

    private void writeUnescaped(int start, int end) {
        int from = start;
        for (int next = start; next < end; next++) {
            if (line[next] == '\\') {
                row.add(line, from, next);
                next++;
                if (line[next] == '"') {
                    row.add('"');
                }
                from = next;
            }
        }
        row.add(line, from, end);
    }

    /** Text may be nothing but white space where it begins with it; so may some signs of three bytes be. */
    private static boolean mayBeBlank(byte first) {
        int sign = first & 0xff;
        return sign <= ' ' || sign == '"' || (sign >= 0xe1 && sign <= 0xe3);
    }

    private static boolean isPlainEscape(byte sign) {
        return sign == '"' || sign == '\\' || sign == '/';
    }

    private static boolean isDigit(byte sign) {
        return sign >= '0' && sign <= '9';
    }
}
