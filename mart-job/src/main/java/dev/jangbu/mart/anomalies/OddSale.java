package dev.jangbu.mart.anomalies;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sale that does not fit.
 *
 * @param amountSale in won
 * @param rules all it breaks, by name
 * @param expected in won, what the store's week or hour would have it; null where no rule it breaks says
 */
record OddSale(
        long saleId,
        Instant soldAt,
        BigDecimal amountSale,
        List<String> rules,
        @Nullable BigDecimal expected) {
    OddSale {
        rules = List.copyOf(rules);
    }
}
