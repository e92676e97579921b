package dev.jangbu.sandbox.shop;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a line is in its life. */
public enum LineState {
    ORDERED("PENDING_PAYMENT", "PAY_WAITING"),
    PAID("PAID", "PAYED"),
    PREPARING("PREPARING", null),
    SHIPPING("SHIPPING", "DISPATCHED"),
    /** No platform tells of it by itself. */
    DELIVERED("DELIVERED", null),
    CONFIRMED("CONFIRMED", "PURCHASE_DECIDED"),
    CANCEL_REQUESTED("CANCEL_REQUESTED", "CLAIM_REQUESTED"),
    /** The line goes on as before. */
    CANCEL_REJECTED("PREPARING", "CLAIM_REJECTED"),
    CANCELED("CANCELED", "CLAIM_COMPLETED"),
    /** Never paid. */
    LAPSED("CANCELED", "CLAIM_COMPLETED"),
    RETURN_REQUESTED("RETURN_REQUESTED", "CLAIM_REQUESTED"),
    RETURN_COLLECTED("RETURN_REQUESTED", "COLLECT_DONE"),
    RETURN_REJECTED("DELIVERED", "CLAIM_REJECTED"),
    RETURNED("RETURNED", "CLAIM_COMPLETED"),
    EXCHANGE_REQUESTED("EXCHANGE_REQUESTED", "CLAIM_REQUESTED"),
    EXCHANGE_COLLECTED("EXCHANGE_REQUESTED", "COLLECT_DONE"),
    EXCHANGE_SENT("EXCHANGE_REQUESTED", "CLAIM_REDELIVERING"),
    EXCHANGE_REJECTED("DELIVERED", "CLAIM_REJECTED"),
    EXCHANGED("EXCHANGED", "CLAIM_COMPLETED"),
    /** One the platform brought in since anybody looked. */
    UNKNOWN("UNKNOWN", null);

    private final String canonical;
    private final @Nullable String event;

    LineState(String canonical, @Nullable String event) {
        this.canonical = canonical;
        this.event = event;
    }

    /** Its name in the unified model. */
    public String canonical() {
        return canonical;
    }

    /** What SmartStore's feed calls the change; null where the feed is silent. */
    public @Nullable String event() {
        return event;
    }

    public boolean isCancel() {
        return this == CANCEL_REQUESTED || this == CANCEL_REJECTED || this == CANCELED;
    }

    public boolean isReturn() {
        return this == RETURN_REQUESTED || this == RETURN_COLLECTED || this == RETURN_REJECTED || this == RETURNED;
    }

    public boolean isExchange() {
        return this == EXCHANGE_REQUESTED
                || this == EXCHANGE_COLLECTED
                || this == EXCHANGE_SENT
                || this == EXCHANGE_REJECTED
                || this == EXCHANGED;
    }

    /** The goods are back, or were never sent: not a sale any more. */
    public boolean isVoid() {
        return this == CANCELED || this == LAPSED || this == RETURNED;
    }

    /** Of its name; {@code RETURN_REQUEST} means {@link #RETURN_REQUESTED}. */
    public static LineState parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(state -> state.name().equals(name) || state.name().equals(name + "ED"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "to: " + text + " (expected: one of " + Arrays.toString(values()) + ")"));
    }
}
