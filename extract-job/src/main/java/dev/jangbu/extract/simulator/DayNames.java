package dev.jangbu.extract.simulator;

import dev.jangbu.extract.source.Window;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * How the day and the shop appear in ids and times, made once for all sessions.
 *
 * @param timePrefix {@code 2026-01-15T}
 * @param offset {@code +09:00}, that of the day's first instant
 * @param digits {@code 20260115}
 */
record DayNames(LocalDate day, Utf8 timePrefix, Utf8 offset, String digits, String seed) {
    private static final int SIX_DIGITS = 1_000_000;

    static DayNames of(Window window, long seed) {
        LocalDate day = window.businessDate();
        String offset =
                window.calendar().zone().getRules().getOffset(window.from()).getId();
        return new DayNames(
                day,
                Utf8.of(day + "T"),
                Utf8.of(offset),
                DateTimeFormatter.BASIC_ISO_DATE.format(day),
                Long.toString(seed));
    }

    /** {@code 000123}. */
    static String user(int user) {
        return Integer.toString(SIX_DIGITS + user).substring(1);
    }

    String sessionId(VisitPlan.Start start) {
        return "S" + digits + "-" + user(start.user()) + "-" + start.session() + "-" + seed;
    }

    /**
     * Date, user, session and count have fixed widths, so no two are alike; the seed at the end parts whole shops.
     *
     * @param count of the session's orders before, at most 99
     */
    Utf8 orderId(VisitPlan.Start start, int count) {
        return Utf8.of("ORD" + digits + user(start.user()) + start.session() + (count < 10 ? "0" : "") + count + seed);
    }
}
