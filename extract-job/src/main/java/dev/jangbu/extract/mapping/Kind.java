package dev.jangbu.extract.mapping;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column's text becomes in JSON. Text that is no such value stays text, for the checks to refuse. */
enum Kind {
    TEXT,
    NUMBER,
    INTEGER;

    /** No amount and no count has more digits; anything longer is not unfolded in memory. */
    private static final int MOST_DIGITS = 100;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Object value(String text) {
        if (this == TEXT) {
            return text;
        }
        BigDecimal number = number(text);
        if (number == null) {
            return text;
        }
        return this == INTEGER && isWhole(number) ? number.toBigInteger() : number;
    }

    /** The number in the text, exactly, or null. */
    static @Nullable BigDecimal number(String text) {
        if (text.length() > MOST_DIGITS) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            return Math.abs((long) number.scale()) <= MOST_DIGITS ? number : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
