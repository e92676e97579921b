package dev.jangbu.sandbox.cards;

import java.util.Locale;

/** What can be planted, by the names the marts' rules have. */
enum Rule {
    /** A payment of three to eight times the store's mean. */
    OVER_TWICE_WEEK,
    /** A card pays the same amount at a store three to five times in a row; those from the third on are it. */
    SAME_CARD_SAME_AMOUNT,
    /** A noon payment of an evening's amount, at a store with dear evenings. */
    STORE_HOUR_OUTLIER,
    /** A card at three to six stores within eight minutes. */
    CARD_BURST,
    /** A store that takes back nearly half of a day. */
    CANCELLATION_SHARE,
    /** A payment while the store is closed for the night. */
    OUTSIDE_HOURS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
