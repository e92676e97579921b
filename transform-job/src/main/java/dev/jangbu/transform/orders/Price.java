package dev.jangbu.transform.orders;

import java.math.BigDecimal;

/**
 * What a line costs.
 *
 * @param unit of one, options included
 * @param gross of all, before discounts
 * @param discount of all, as the line itself tells it
 */
record Price(BigDecimal unit, BigDecimal gross, BigDecimal discount) {
    BigDecimal net() {
        return gross.subtract(discount);
    }
}
