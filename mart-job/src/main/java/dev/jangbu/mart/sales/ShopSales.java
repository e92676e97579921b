package dev.jangbu.mart.sales;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What one shop sold, in one currency.
 *
 * @param days of each channel, by day; a day without sales is absent
 * @param products of the month so far, the best first
 * @param statuses of the orders of the last days, in the order an order goes
 */
record ShopSales(
        String tenant,
        String currency,
        Map<Channel, NavigableMap<LocalDate, Sales>> days,
        List<ProductSales> products,
        List<StatusCount> statuses) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    ShopSales {
        days = Collections.unmodifiableMap(new LinkedHashMap<>(days));
        products = List.copyOf(products);
        statuses = List.copyOf(statuses);
    }

    Sales of(Channel channel, LocalDate from, LocalDate to) {
        return days
                .getOrDefault(channel, Collections.emptyNavigableMap())
                .subMap(from, true, to, true)
                .values()
                .stream()
                .reduce(Sales.NONE, Sales::plus);
    }

    /** Of all channels. */
    Sales of(LocalDate from, LocalDate to) {
        return days.keySet().stream().map(channel -> of(channel, from, to)).reduce(Sales.NONE, Sales::plus);
    }

    Sales of(Period period) {
        return of(period.from(), period.to());
    }

    Sales before(Period period) {
        return of(period.beforeFrom(), period.beforeTo());
    }

    /** In percent with one decimal; empty where there was nothing to compare with. */
    static Optional<BigDecimal> change(BigDecimal now, BigDecimal before) {
        if (before.signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(now.subtract(before).multiply(HUNDRED).divide(before.abs(), 1, RoundingMode.HALF_UP));
    }
}
