package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.shop.LineState;
import org.jspecify.annotations.Nullable;

/**
 * A line's state in SmartStore's four fields.
 *
 * @param claimType, claimStatus null without a claim
 */
record NaverStatus(
        String productOrder,
        String place,
        @Nullable String claimType,
        @Nullable String claimStatus) {
    /** @param before the state before, which an open claim leaves as it is */
    static NaverStatus of(LineState state, LineState before) {
        return switch (state) {
            case ORDERED -> plain("PAYMENT_WAITING", "NOT_YET");
            case PAID, UNKNOWN -> plain("PAYED", "NOT_YET");
            case PREPARING -> plain("PAYED", "OK");
            case SHIPPING -> plain("DELIVERING", "OK");
            case DELIVERED -> plain("DELIVERED", "OK");
            case CONFIRMED -> plain("PURCHASE_DECIDED", "OK");
            case LAPSED -> plain("CANCELED_BY_NOPAYMENT", "NOT_YET");
            case CANCEL_REQUESTED ->
                new NaverStatus("PAYED", before == LineState.PREPARING ? "OK" : "NOT_YET", "CANCEL", "CANCEL_REQUEST");
            case CANCEL_REJECTED -> new NaverStatus("PAYED", "OK", "CANCEL", "CANCEL_REJECT");
            case CANCELED -> new NaverStatus("CANCELED", "CANCEL", "CANCEL", "CANCEL_DONE");
            case RETURN_REQUESTED -> new NaverStatus("DELIVERED", "OK", "RETURN", "RETURN_REQUEST");
            case RETURN_COLLECTED -> new NaverStatus("DELIVERED", "OK", "RETURN", "COLLECT_DONE");
            case RETURN_REJECTED -> new NaverStatus("DELIVERED", "OK", "RETURN", "RETURN_REJECT");
            case RETURNED -> new NaverStatus("RETURNED", "OK", "RETURN", "RETURN_DONE");
            case EXCHANGE_REQUESTED -> new NaverStatus("DELIVERED", "OK", "EXCHANGE", "EXCHANGE_REQUEST");
            case EXCHANGE_COLLECTED -> new NaverStatus("DELIVERED", "OK", "EXCHANGE", "COLLECT_DONE");
            case EXCHANGE_SENT -> new NaverStatus("DELIVERED", "OK", "EXCHANGE", "EXCHANGE_REDELIVERING");
            case EXCHANGE_REJECTED -> new NaverStatus("DELIVERED", "OK", "EXCHANGE", "EXCHANGE_REJECT");
            case EXCHANGED -> new NaverStatus("EXCHANGED", "OK", "EXCHANGE", "EXCHANGE_DONE");
        };
    }

    private static NaverStatus plain(String productOrder, String place) {
        return new NaverStatus(productOrder, place, null, null);
    }
}
