package dev.jangbu.spark.aggregate;

import org.apache.spark.unsafe.types.UTF8String;

/** Bits of a number that says which kinds of events there were. */
final class Marks {
    static final int VIEW = 1;
    static final int CLICK = 1 << 1;
    static final int CART = 1 << 2;
    static final int PURCHASE = 1 << 3;
    /** Of a visit: the first of its session in this hour, on this platform. */
    static final int FIRST_OF_HOUR = 1 << 4;

    private static final UTF8String VIEW_NAME = UTF8String.fromString("page_view");
    private static final UTF8String CLICK_NAME = UTF8String.fromString("click");
    private static final UTF8String CART_NAME = UTF8String.fromString("add_to_cart");
    private static final UTF8String PURCHASE_NAME = UTF8String.fromString("purchase");

    private Marks() {}

    /** None of a kind that nothing is counted by. */
    static int of(UTF8String eventType) {
        if (eventType.equals(VIEW_NAME)) {
            return VIEW;
        }
        if (eventType.equals(CLICK_NAME)) {
            return CLICK;
        }
        if (eventType.equals(CART_NAME)) {
            return CART;
        }
        return eventType.equals(PURCHASE_NAME) ? PURCHASE : 0;
    }
}
