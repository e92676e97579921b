package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import java.math.BigDecimal;

/** What must hold between the numbers of a line, whichever channel it is from. */
final class ItemRules {
    /** What the column holds. */
    private static final BigDecimal LARGEST = new BigDecimal("999999999999.99");

    private ItemRules() {}

    static void check(RecordFields item, Price price, int quantity, int remaining) {
        if (price.unit().signum() < 0) {
            item.fail(RecordCheck.VALUE_RANGE, "unit_price", price.unit().toPlainString(), "0 or more");
        }
        if (price.gross().compareTo(LARGEST) > 0) {
            item.fail(
                    RecordCheck.VALUE_RANGE,
                    "line_gross",
                    price.gross().toPlainString(),
                    "at most " + LARGEST.toPlainString());
        }
        if (remaining < 0 || remaining > quantity) {
            item.fail(
                    RecordCheck.ORDER_CONSISTENT,
                    "remaining_quantity",
                    Integer.toString(remaining),
                    "0.." + quantity + ", its quantity");
        }
        if (price.net().signum() < 0) {
            item.fail(
                    RecordCheck.ORDER_CONSISTENT,
                    "line_discount",
                    price.discount().toPlainString(),
                    "at most " + price.gross().toPlainString() + ", the price of the line");
        }
    }
}
