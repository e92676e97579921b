package dev.jangbu.mart.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Large numbers in three digits or so: in ten thousands (만, 억, 조) in Korean, in thousands (K, M, B) in English. */
public final class Compact {
    private static final int DIGITS = 3;
    private static final List<Unit> KOREAN =
            List.of(new Unit("조", 1_000_000_000_000L), new Unit("억", 100_000_000L), new Unit("만", 10_000L));
    private static final List<Unit> ENGLISH = List.of(
            new Unit("T", 1_000_000_000_000L),
            new Unit("B", 1_000_000_000L),
            new Unit("M", 1_000_000L),
            new Unit("K", 1_000L));

    private Compact() {}

    private record Unit(String name, long size) {}

    public static Words of(BigDecimal number) {
        return new Words(in(KOREAN, number), in(ENGLISH, number));
    }

    public static Words of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    private static String in(List<Unit> units, BigDecimal number) {
        for (Unit unit : units) {
            if (number.abs().compareTo(BigDecimal.valueOf(unit.size())) >= 0) {
                return digits(number.divide(BigDecimal.valueOf(unit.size()), 6, RoundingMode.HALF_UP)) + unit.name();
            }
        }
        return digits(number);
    }

    private static String digits(BigDecimal number) {
        int whole = Math.max(1, number.precision() - number.scale());
        BigDecimal rounded = number.setScale(Math.max(0, DIGITS - whole), RoundingMode.HALF_UP);
        BigDecimal brief = rounded.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, brief.scale()) + "f", brief);
    }
}
