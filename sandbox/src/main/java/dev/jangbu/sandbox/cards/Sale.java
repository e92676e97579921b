package dev.jangbu.sandbox.cards;

import org.jspecify.annotations.Nullable;

/**
 * A row before it has its number. Times are microseconds of Seoul's wall clock since 1970, amounts won.
 *
 * @param depositAt when the acquirer pays the store
 * @param salt for what else the row holds
 * @param planted the rule it is made to break
 */
record Sale(
        Store store,
        Card card,
        long amount,
        boolean isCanceled,
        boolean isSettled,
        long soldAt,
        long created,
        long modified,
        long depositAt,
        long salt,
        @Nullable Planted planted) {
    /** @param note for people */
    record Planted(Rule rule, String note) {}

    Sale canceledAt(long time, @Nullable Planted mark) {
        return new Sale(store, card, amount, true, isSettled, soldAt, created, time, depositAt, salt, mark);
    }

    Sale marked(Planted mark) {
        return new Sale(store, card, amount, isCanceled, isSettled, soldAt, created, modified, depositAt, salt, mark);
    }
}
