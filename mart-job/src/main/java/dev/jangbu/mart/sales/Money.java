package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Compact;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts of one currency as people read them; won has no part. */
record Money(String currency) {
    private static final String WON = "KRW";

    /** {@code 1,234,567원} or {@code 1,234.50 GBP}. */
    String full(BigDecimal amount) {
        return isWon()
                ? String.format(
                        Locale.ROOT,
                        "%,d원",
                        amount.setScale(0, RoundingMode.HALF_UP).longValueExact())
                : String.format(Locale.ROOT, "%,.2f %s", amount, currency);
    }

    /** {@code 123만원}, {@code ₩1.23M}, {@code 1.23K GBP}. */
    Words compact(BigDecimal amount) {
        Words words = Compact.of(isWon() ? amount.setScale(0, RoundingMode.HALF_UP) : amount);
        return isWon()
                ? new Words(words.korean() + "원", "₩" + words.english())
                : new Words(words.korean() + " " + currency, words.english() + " " + currency);
    }

    private boolean isWon() {
        return WON.equals(currency);
    }
}
