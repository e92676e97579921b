package dev.jangbu.mart.sales;

import java.math.BigDecimal;

/**
 * Sales of some days together, in one currency.
 *
 * @param gross by day of payment, whatever became of it since
 * @param restated of gross what is neither canceled nor returned by now
 * @param claims completed on these days
 * @param atRisk of restated what is requested to be claimed
 */
record Sales(
        BigDecimal gross,
        BigDecimal restated,
        BigDecimal claims,
        BigDecimal atRisk,
        BigDecimal shipping,
        long orders,
        long units,
        long cancels,
        long returns) {
    static final Sales NONE =
            new Sales(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 0, 0);

    /** Net sales by event. */
    BigDecimal net() {
        return gross.subtract(claims);
    }

    Sales plus(Sales other) {
        return new Sales(
                gross.add(other.gross),
                restated.add(other.restated),
                claims.add(other.claims),
                atRisk.add(other.atRisk),
                shipping.add(other.shipping),
                orders + other.orders,
                units + other.units,
                cancels + other.cancels,
                returns + other.returns);
    }
}
