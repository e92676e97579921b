package dev.jangbu.mart.anomalies;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A sale that does not fit.
 *
 * @param amountSale in won
 * @param breaks all rules it breaks, by name
 */
record OddSale(long saleId, Instant soldAt, BigDecimal amountSale, List<Break> breaks) {
    /**
     * How a rule is broken.
     *
     * @param scoreUnit what the score counts, as {@code ops.anomaly_rule} names it
     * @param expectedUnit what the expectation counts
     */
    record Break(String rule, BigDecimal score, String scoreUnit, BigDecimal expected, String expectedUnit) {}

    OddSale {
        breaks = List.copyOf(breaks);
    }
}
