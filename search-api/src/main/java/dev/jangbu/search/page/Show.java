package dev.jangbu.search.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
final class Show {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
    private static final BigDecimal TEN_THOUSAND = BigDecimal.valueOf(10_000);
    private static final BigDecimal HUNDRED_MILLION = BigDecimal.valueOf(100_000_000);

    private Show() {}

    static String won(@Nullable BigDecimal amount) {
        return amount == null
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%,d원",
                        amount.setScale(0, RoundingMode.HALF_UP).longValue());
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(OffsetDateTime time) {
        return TIME.format(time);
    }

    static String text(@Nullable String text) {
        return text == null || text.isBlank() ? "–" : text;
    }

    /** For the ticks of a scale: 1.2만, 3억. */
    static String brief(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        if (exact.abs().compareTo(HUNDRED_MILLION) >= 0) {
            return digits(exact.divide(HUNDRED_MILLION, 1, RoundingMode.HALF_UP)) + "억";
        }
        if (exact.abs().compareTo(TEN_THOUSAND) >= 0) {
            return digits(exact.divide(TEN_THOUSAND, 1, RoundingMode.HALF_UP)) + "만";
        }
        return digits(exact.setScale(1, RoundingMode.HALF_UP));
    }

    /** A score or an expectation: at most two digits behind the point. */
    static String figure(@Nullable BigDecimal figure) {
        if (figure == null) {
            return "–";
        }
        BigDecimal rounded = figure.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    private static String digits(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }
}
