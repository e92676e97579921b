package dev.jangbu.sandbox.shop;

import java.util.Arrays;
import java.util.List;

/** What is rare, and always there on the first of a month. */
enum Edge {
    MIDNIGHT,
    LAST_MILLISECOND,
    ZERO_WON,
    HUNDRED_LINES,
    UNKNOWN_STATUS,
    HARD_NAME,
    PRICE_AS_NUMBER,
    NONE;

    /** All but none: one order each. */
    static final List<Edge> PLANTED =
            Arrays.stream(values()).filter(edge -> edge != NONE).toList();
}
