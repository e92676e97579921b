package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.EventType;
import org.jspecify.annotations.Nullable;

/** The steps a session goes through, in order. */
public enum FunnelStep {
    /** A page_view or a click. */
    SEEN,
    IN_CART,
    BOUGHT,
    /** Any other event. */
    NONE;

    /** @param type null when the record has no known one */
    public static FunnelStep of(@Nullable EventType type) {
        if (type == null) {
            return NONE;
        }
        return switch (type) {
            case PAGE_VIEW, CLICK -> SEEN;
            case ADD_TO_CART -> IN_CART;
            case PURCHASE -> BOUGHT;
            case SEARCH -> NONE;
        };
    }
}
