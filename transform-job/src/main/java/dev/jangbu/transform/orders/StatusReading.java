package dev.jangbu.transform.orders;

/**
 * A channel's own words for a line, read.
 *
 * @param isPayable false where the line ended before it was paid, so that it never was a sale
 * @param isKnown whether the words are among those the channel is known to use
 */
record StatusReading(ItemStatus status, Claim claim, boolean isPayable, boolean isKnown) {
    static StatusReading of(ItemStatus status, Claim claim) {
        return new StatusReading(status, claim, status != ItemStatus.PENDING_PAYMENT, true);
    }

    /** A word nobody has told us of. */
    static StatusReading unknown() {
        return new StatusReading(ItemStatus.UNKNOWN, Claim.NONE, true, false);
    }

    StatusReading neverPaid() {
        return new StatusReading(status, claim, false, isKnown);
    }
}
