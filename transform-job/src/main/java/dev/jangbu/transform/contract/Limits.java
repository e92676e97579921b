package dev.jangbu.transform.contract;

import java.io.Serializable;
import java.math.BigDecimal;

/** The least and the most a number may be, both inclusive. */
public record Limits(BigDecimal min, BigDecimal max) implements Serializable {
    private static final BigDecimal INTEGER_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("999999999999.99");

    public Limits {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "max: " + max.toPlainString() + " (expected: at least " + min.toPlainString() + ", the least)");
        }
    }

    /** @throws IllegalArgumentException when PostgreSQL's column for this measure could not hold them */
    static Limits of(Measure measure, BigDecimal min, BigDecimal max) {
        BigDecimal most = measure.isWhole() ? INTEGER_MAX : AMOUNT_MAX;
        if (max.compareTo(most) > 0 || min.compareTo(most.negate()) < 0) {
            throw new IllegalArgumentException("limits." + measure.id() + ": " + min.toPlainString() + ".."
                    + max.toPlainString() + " (expected: within " + most.toPlainString() + ", what its column holds)");
        }
        return new Limits(min, max);
    }

    public boolean contains(BigDecimal value) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    /** Such as {@code 1..99}. */
    @Override
    public String toString() {
        return min.toPlainString() + ".." + max.toPlainString();
    }
}
