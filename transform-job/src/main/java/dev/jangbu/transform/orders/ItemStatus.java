package dev.jangbu.transform.orders;

/** What a line of an order has come to, on every channel alike. */
enum ItemStatus {
    PENDING_PAYMENT,
    PAID,
    PREPARING,
    SHIPPING,
    DELIVERED,
    CONFIRMED,
    CANCEL_REQUESTED,
    CANCELED,
    RETURN_REQUESTED,
    RETURNED,
    EXCHANGE_REQUESTED,
    EXCHANGED,
    /** Not told: what was known of the line before stays. */
    UNKNOWN;

    /** Whether the line is no sale any more. */
    boolean isVoid() {
        return this == CANCELED || this == RETURNED;
    }
}
