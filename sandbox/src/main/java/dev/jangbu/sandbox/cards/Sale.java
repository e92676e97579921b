package dev.jangbu.sandbox.cards;

import org.jspecify.annotations.Nullable;

/**
 * A row before it has its number. Times are microseconds of Seoul's wall clock since 1970, amounts won.
 *
 * @param depositAt when the acquirer pays the store
 * @param salt for what else the row holds
 * @param mark what it is there for; none for a plain sale
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
        @Nullable Mark mark) {
    /**
     * A row that is there for a rule's sake.
     *
     * @param isPlanted made to break the rule; else an honest one that comes near to it
     * @param note for people
     */
    record Mark(Rule rule, boolean isPlanted, String note) {
        static Mark planted(Rule rule, String note) {
            return new Mark(rule, true, note);
        }

        static Mark nearMiss(Rule rule, String note) {
            return new Mark(rule, false, note);
        }
    }

    Sale canceledAt(long time, @Nullable Mark of) {
        return new Sale(store, card, amount, true, isSettled, soldAt, created, time, depositAt, salt, of);
    }

    Sale marked(Mark of) {
        return new Sale(store, card, amount, isCanceled, isSettled, soldAt, created, modified, depositAt, salt, of);
    }
}
