package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as its channel tells it; what follows from all of its items is worked out when it is loaded.
 *
 * @param orderDiscount what was taken off the order beyond its lines, to be shared among them; points are money, not a
 *     discount
 * @param shippingFee null where it is to be summed over packages, or unknown
 * @param controlAmount what the channel says the lines come to before discounts; null where it does not
 * @param importedFrom the channel it was copied from, where it is told as another order too
 */
record SalesOrder(
        String orderId,
        @Nullable String subChannel,
        Instant orderedAt,
        @Nullable Instant paidAt,
        @Nullable String customerKey,
        String currency,
        BigDecimal orderDiscount,
        @Nullable BigDecimal shippingFee,
        @Nullable BigDecimal pointsUsed,
        @Nullable BigDecimal paidAmount,
        @Nullable BigDecimal controlAmount,
        @Nullable Boolean isMobile,
        @Nullable Boolean isFirstOrder,
        @Nullable String importedFrom,
        @Nullable String marketOrderNo) {
    static final Table TABLE = Table.of(
            "sales_order",
            "account_id",
            "order_id",
            "sub_channel",
            "ordered_at",
            "ordered_on",
            "paid_at",
            "customer_key",
            "currency",
            "order_discount",
            "shipping_fee",
            "points_used",
            "paid_amount",
            "control_amount",
            "is_mobile",
            "is_first_order",
            "imported_from",
            "market_order_no");

    Row row(Shop shop) {
        return new Row(TABLE)
                .text(shop.accountId())
                .text(orderId)
                .text(subChannel)
                .instant(orderedAt)
                .date(shop.dateOf(orderedAt))
                .instant(paidAt)
                .text(customerKey)
                .text(currency)
                .money(orderDiscount)
                .money(shippingFee)
                .money(pointsUsed)
                .money(paidAmount)
                .money(controlAmount)
                .flag(isMobile)
                .flag(isFirstOrder)
                .text(importedFrom)
                .text(marketOrderNo);
    }
}
