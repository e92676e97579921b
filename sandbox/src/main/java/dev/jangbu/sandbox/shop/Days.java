package dev.jangbu.sandbox.shop;

import dev.jangbu.sandbox.clock.VirtualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Days and times as the shops count and the platforms write them. */
public final class Days {
    /** The first day of every shop. */
    public static final LocalDate OPENING = LocalDate.of(2024, 1, 1);

    private static final ZoneOffset KST = ZoneOffset.ofHours(9);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final DateTimeFormatter LOCAL_MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;

    private Days() {}

    public static LocalDate of(Instant instant) {
        return instant.atZone(VirtualClock.SEOUL).toLocalDate();
    }

    public static Instant start(LocalDate day) {
        return day.atStartOfDay(VirtualClock.SEOUL).toInstant();
    }

    public static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(VirtualClock.SEOUL).toInstant();
    }

    /** {@code 2026-03-02T09:00:00+09:00}. */
    public static String seconds(Instant instant) {
        return SECONDS.format(kst(instant));
    }

    /** {@code 2026-03-02T09:00:00.000+09:00}. */
    public static String millis(Instant instant) {
        return MILLIS.format(kst(instant));
    }

    /** {@code 2026-03-02T09:00:00.000}, which means Seoul. */
    public static String localMillis(Instant instant) {
        return LOCAL_MILLIS.format(kst(instant));
    }

    /** {@code 2026-03-02 09:00}, which means Seoul. */
    public static String minutes(Instant instant) {
        return MINUTES.format(kst(instant));
    }

    /** {@code 20260302}. */
    public static String compact(LocalDate day) {
        return COMPACT.format(day);
    }

    private static OffsetDateTime kst(Instant instant) {
        return instant.atOffset(KST);
    }
}
