package dev.jangbu.search.spend;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a store's payments of one day came to; cancelled ones are in neither sum nor count.
 *
 * @param unitPrice total by count; null where every payment was cancelled
 */
public record UnitPrice(
        String accountId,
        long storeId,
        LocalDate saleDate,
        @Nullable BigDecimal unitPrice,
        BigDecimal totalSale,
        long paymentCount,
        long canceledCount,
        BigDecimal canceledAmount,
        long distinctCards) {}
