package dev.jangbu.search.spend;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a store's payments of seven days came to: those before a day it sold on.
 *
 * @param saleDate the day the week is before
 * @param isUnknown whether the week has no payment, so that nothing is known of what is usual
 * @param weekUnitPrice total by count; null where there was no payment
 */
public record WeeklyUnitPrice(
        String accountId,
        long storeId,
        LocalDate saleDate,
        LocalDate startDate,
        LocalDate endDate,
        @Nullable BigDecimal weekUnitPrice,
        BigDecimal totalSale,
        long paymentCount,
        boolean isUnknown) {}
