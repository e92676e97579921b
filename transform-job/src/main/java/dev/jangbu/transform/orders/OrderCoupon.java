package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;

/**
 * A coupon that was used on a line, or on a whole order.
 *
 * @param itemId empty where it is of the whole order
 */
record OrderCoupon(String orderId, String itemId, String couponCode, String couponName, BigDecimal discount) {
    static final Table TABLE = Table.of(
            "order_coupon",
            "account_id",
            "order_id",
            "item_id",
            "coupon_code",
            "coupon_id",
            "coupon_name",
            "discount_amount");

    /** How a code relates to the coupon's own number is not documented, so that is left open. */
    Row row(Shop shop) {
        return new Row(TABLE)
                .text(shop.accountId())
                .text(orderId)
                .text(itemId)
                .text(couponCode)
                .text(null)
                .text(couponName)
                .money(discount);
    }
}
