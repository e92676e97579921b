package dev.jangbu.transform.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When what happened to a line, as far as the channel tells; null where it does not, or it has not happened.
 *
 * @param statusChangedAt when the line came to the state it is in
 */
record Life(
        @Nullable Instant paidAt,
        @Nullable Instant shippedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant claimRequestedAt,
        @Nullable Instant claimDoneAt,
        @Nullable Instant statusChangedAt) {

    /** Of a channel that tells nothing but when a line was paid. */
    static Life paid(@Nullable Instant paidAt) {
        return new Life(paidAt, null, null, null, null, null, null);
    }

    /**
     * With the time at which a line came to its state, as the other times have it.
     *
     * @param orderedAt when it came to be
     * @param preparedAt when the shop took it up
     */
    Life in(ItemStatus status, @Nullable Instant orderedAt, @Nullable Instant preparedAt) {
        @Nullable
        Instant changedAt =
                switch (status) {
                    case PENDING_PAYMENT -> orderedAt;
                    case PAID -> paidAt;
                    case PREPARING -> preparedAt;
                    case SHIPPING -> shippedAt;
                    case DELIVERED -> deliveredAt;
                    case CONFIRMED -> confirmedAt;
                    case CANCEL_REQUESTED, RETURN_REQUESTED, EXCHANGE_REQUESTED -> claimRequestedAt;
                    case CANCELED, RETURNED, EXCHANGED -> claimDoneAt;
                    case UNKNOWN -> null;
                };
        return new Life(paidAt, shippedAt, deliveredAt, confirmedAt, claimRequestedAt, claimDoneAt, changedAt);
    }
}
