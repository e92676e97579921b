package dev.jangbu.sandbox.shop;

import java.time.Instant;

/**
 * @param percent 0 where an amount is taken off
 * @param isForOrder off the order, else off one line
 */
public record Coupon(
        String number,
        String name,
        long amount,
        int percent,
        boolean isForOrder,
        long leastOrder,
        Instant createdAt,
        Instant from,
        Instant to,
        boolean isDeleted,
        int issued) {
    boolean isUsable(Instant at, long gross) {
        return !at.isBefore(from) && !at.isAfter(to) && gross >= leastOrder;
    }

    /** In whole won, never more than there is. */
    long off(long gross) {
        return Math.min(gross, percent > 0 ? gross * percent / 100 : amount);
    }
}
