package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordFields;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is taken off an order of Cafe24 when it is made. The amounts of the order hold those of its lines; what is left
 * beyond these is the order's own.
 *
 * @param ofOrder beyond what the lines tell
 * @param shipping what sending costs, less what is taken off that
 */
record Discounts(BigDecimal ofOrder, BigDecimal shipping) {
    static Discounts of(RecordFields amounts, List<RecordFields> items) {
        BigDecimal ofOrder = beyond(amounts, "coupon_discount_price", items, "coupon_discount_price")
                .add(beyond(amounts, "app_discount_amount", items, "app_item_discount_amount"))
                .add(beyond(amounts, "additional_discount_price", items, "additional_discount_price"))
                .add(amounts.amountOrZero("membership_discount_amount"))
                .add(amounts.amountOrZero("set_product_discount_amount"))
                .add(amounts.amountOrZero("market_other_discount_amount"));
        BigDecimal shipping = amounts.amountOrZero("shipping_fee")
                .subtract(amounts.amountOrZero("shipping_fee_discount_amount"))
                .subtract(amounts.amountOrZero("coupon_shipping_fee_amount"));
        return new Discounts(ofOrder, shipping);
    }

    /** Of the whole line, not of one piece. */
    static BigDecimal ofLine(RecordFields item) {
        return item.amountOrZero("additional_discount_price")
                .add(item.amountOrZero("coupon_discount_price"))
                .add(item.amountOrZero("app_item_discount_amount"));
    }

    private static BigDecimal beyond(RecordFields amounts, String name, List<RecordFields> items, String ofItem) {
        BigDecimal ofItems =
                items.stream().map(item -> item.amountOrZero(ofItem)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return amounts.amountOrZero(name).subtract(ofItems).max(BigDecimal.ZERO);
    }
}
