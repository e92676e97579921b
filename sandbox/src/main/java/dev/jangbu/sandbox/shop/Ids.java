package dev.jangbu.sandbox.shop;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Ids of orders and lines; each begins with the day of the order, so that its day can be found again. */
final class Ids {
    private final int shop;

    Ids(ShopSettings settings) {
        shop = (int) Math.floorMod(settings.draw("ids").next(), 80L);
    }

    String order(Channel channel, LocalDate day, int number) {
        return switch (channel) {
            case CAFE24 -> "%s-%07d".formatted(Days.compact(day), number);
            case NAVER -> "%s%02d%06d".formatted(Days.compact(day), 10 + shop, number);
            case ABLY -> "%s7%07d".formatted(Days.compact(day), shop * 100_000 + number);
            case GA4 -> throw new IllegalArgumentException("channel: ga4 (expected: one with orders)");
        };
    }

    /** @param number of the line in its order; {@code inDay} of the line in its day */
    String line(Channel channel, LocalDate day, String order, int number, int inDay) {
        return switch (channel) {
            case CAFE24 -> "%s-%02d".formatted(order, number);
            case NAVER -> "%s%02d%06d".formatted(Days.compact(day), 10 + shop, 200_000 + inDay);
            case ABLY -> "%s3%07d".formatted(Days.compact(day), shop * 100_000 + inDay);
            case GA4 -> throw new IllegalArgumentException("channel: ga4 (expected: one with orders)");
        };
    }

    /** The day an id begins with; empty where it begins with none. */
    static Optional<LocalDate> day(String id) {
        if (id.length() < 8) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(id.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }
}
