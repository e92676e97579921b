package dev.jangbu.extract.onlineretail;

import java.util.Locale;

/** A line of a cancellation that belongs to no sale of the files. */
record Unmatched(InvoiceLine line, Reason reason) {
    /** Why it was not taken off a sale. */
    enum Reason {
        /** Its quantity is no whole number below zero, or its date none. */
        UNREADABLE,
        /** It names nobody whose purchase it could be. */
        NO_CUSTOMER,
        /** The customer bought nothing of the stock code before, as far as the files go. */
        NO_EARLIER_SALE,
        /** Bought before, but less of it than is taken back. */
        NOT_ENOUGH_LEFT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
