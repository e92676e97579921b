package dev.jangbu.transform.contract;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * How a contract treats one check.
 *
 * @param threshold the least share of passing records, 0 to 1
 */
public record CheckRule(BigDecimal threshold, Severity severity, Fate fate) implements Serializable {
    public CheckRule {
        if (threshold.signum() < 0 || threshold.compareTo(BigDecimal.ONE) > 0 || threshold.scale() > 6) {
            throw new IllegalArgumentException(
                    "threshold: " + threshold.toPlainString() + " (expected: 0..1, at most 6 decimals)");
        }
    }

    /** Whether so many failures are few enough, compared exactly; nothing to count passes. */
    public boolean isMet(long counted, long failed) {
        return BigDecimal.valueOf(counted - failed).compareTo(threshold.multiply(BigDecimal.valueOf(counted))) >= 0;
    }
}
