package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Field;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Check {@code order_amount}: what a purchase costs is the sum of its products, less the discount, with the shipping. */
final class OrderAmount {
    /** Beyond so many digits a number is no amount, and its sum is not worth its memory. */
    private static final int MOST_DIGITS = 40;

    private final Contract contract;

    OrderAmount(Contract contract) {
        this.contract = contract;
    }

    /** Why it fails; empty when it passes. */
    Optional<String> check(ObjectNode record, ExtraData extra) {
        if (extra.fault() != null) {
            return Optional.of(extra.fault());
        }
        JsonNode total = record.get("total_amount");
        if (contract.absent().contains(Field.TOTAL_AMOUNT) && (total == null || total.isNull())) {
            return Optional.empty();
        }
        if (!isAmount(total)) {
            return Optional.of("total_amount: no usable number (expected: the sum of the products)");
        }
        return compare(total.decimalValue(), extra);
    }

    private Optional<String> compare(BigDecimal total, ExtraData extra) {
        BigDecimal sum = BigDecimal.ZERO;
        JsonNode products = extra.get("products");
        if (products != null && !products.isArray()) {
            return Optional.of("extra_data.products: " + Shown.value(products) + " (expected: an array)");
        }
        for (int at = 0; products != null && at < products.size(); at++) {
            JsonNode quantity = products.get(at).get("quantity");
            JsonNode price = products.get(at).get("unit_price");
            if (!isAmount(quantity) || !isAmount(price)) {
                return Optional.of("extra_data.products[" + at + "]: without "
                        + (isAmount(quantity) ? "unit_price" : "quantity") + " (expected: both, as numbers)");
            }
            sum = sum.add(quantity.decimalValue().multiply(price.decimalValue()));
        }
        JsonNode discount = extra.get("discount_amount");
        JsonNode shipping = extra.get("shipping_fee");
        if ((discount != null && !isAmount(discount)) || (shipping != null && !isAmount(shipping))) {
            return Optional.of("extra_data: discount_amount or shipping_fee no usable number (expected: amounts)");
        }
        BigDecimal due = sum.subtract(orZero(discount)).add(orZero(shipping));
        if (total.subtract(due).abs().compareTo(contract.amountTolerance()) > 0) {
            return Optional.of("total_amount: " + Shown.number(total) + " (expected: " + Shown.number(due)
                    + ", the products less discount with shipping)");
        }
        return Optional.empty();
    }

    private static BigDecimal orZero(@Nullable JsonNode amount) {
        return amount == null ? BigDecimal.ZERO : amount.decimalValue();
    }

    @org.jspecify.annotations.NullUnmarked
    private static boolean isAmount(@Nullable JsonNode value) {
        if (value == null || !value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        return Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS
                && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }
}
