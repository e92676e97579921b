package dev.jangbu.extract.onlineretail;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A row of the files, as it is: nothing is judged here.
 *
 * @param line of its invoice, from 1: an invoice may have a stock code twice
 * @param at the shop's local time; null where {@code date} is none
 * @param customer empty where nobody is named
 */
record InvoiceLine(
        String invoice,
        int line,
        String stockCode,
        String description,
        String quantity,
        String date,
        @Nullable LocalDateTime at,
        String unitPrice,
        String customer,
        String country) {
    private static final String CANCELLATION = "C";

    /** Whether it takes back what another invoice sold. */
    boolean isCancellation() {
        return invoice.startsWith(CANCELLATION);
    }

    /** Empty where it is no whole number. */
    OptionalLong pieces() {
        try {
            return OptionalLong.of(new BigDecimal(quantity).longValueExact());
        } catch (ArithmeticException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /** A number exactly as it is written; the text where it is none. */
    static Object exact(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException none) {
            return text;
        }
    }
}
