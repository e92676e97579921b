package dev.jangbu.transform.orders;

import org.jspecify.annotations.Nullable;

/** What a buyer asked for after the order, and how far that is. */
record Claim(@Nullable Type type, @Nullable State state) {
    static final Claim NONE = new Claim(null, null);

    enum Type {
        CANCEL,
        RETURN,
        EXCHANGE,
        /** The buyer puts off confirming the purchase. */
        HOLDBACK
    }

    enum State {
        REQUESTED,
        HOLD,
        REJECTED,
        DONE
    }

    boolean is(State other) {
        return state == other;
    }
}
