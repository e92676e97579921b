package dev.jangbu.search.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
final class Show {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Map<String, String> SCORE_UNITS =
            Map.of("times", "배", "nth", "번째", "z", "σ", "approvals", "건", "hours", "시간");
    private static final Map<String, String> EXPECTED_UNITS =
            Map.of("payments", "건까지", "approvals", "건까지", "cancellations", "건", "hour_of_day", "시");
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

    /** A score with its unit, such as 2.36배. */
    static String score(@Nullable BigDecimal score, String unit) {
        return measured(score, SCORE_UNITS.getOrDefault(unit, " " + unit));
    }

    /** What was expected, with its unit, such as 41,500원 or 2건까지. */
    static String expected(@Nullable BigDecimal expected, String unit) {
        return unit.equals("won") ? won(expected) : measured(expected, EXPECTED_UNITS.getOrDefault(unit, " " + unit));
    }

    /** A figure with what it counts behind it. */
    static String measured(@Nullable BigDecimal figure, String unit) {
        return figure == null ? figure(null) : figure(figure) + unit;
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
