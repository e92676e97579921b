package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.FieldKind;
import dev.jangbu.transform.contract.Measure;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether every column of {@code raw.raw_events} can hold what a record says, unchanged. */
final class StorableRecord {
    private static final BigDecimal INTEGER_BOUND = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal AMOUNT_BOUND = new BigDecimal("999999999999.99");

    private StorableRecord() {}

    static boolean isStorable(ObjectNode record, ExtraData extra) {
        if (StorableText.fault(record) != null
                || (extra.object() != null && StorableText.fault(extra.object()) != null)) {
            return false;
        }
        for (Field field : Field.values()) {
            JsonNode value = record.get(field.fieldName());
            boolean present = value != null && !value.isNull();
            if (present ? !fits(field, value) : Field.ALWAYS.contains(field)) {
                return false;
            }
        }
        return isStorable(extra);
    }

    private static boolean fits(Field field, JsonNode value) {
        return switch (field.kind()) {
            case UUID -> value.isString() && ValueRange.isUuid(value.stringValue());
            case ID, WORD, TIME, TEXT -> value.isString() && !isBlankKey(field, value.stringValue());
            case INTEGER -> isNumber(value, Measure.of(field));
            case AMOUNT -> isNumber(value, Measure.of(field));
            case BOOLEAN -> value.isBoolean();
            case OBJECT -> true;
        };
    }

    private static boolean isBlankKey(Field field, String text) {
        return field.kind() != FieldKind.TEXT && Field.ALWAYS.contains(field) && Blank.is(text);
    }

    private static boolean isStorable(ExtraData extra) {
        return isAbsentOr(extra.get("discount_amount"), Measure.DISCOUNT_AMOUNT)
                && isAbsentOr(extra.get("shipping_fee"), Measure.SHIPPING_FEE)
                && (extra.get("coupon_code") == null || isText(extra.get("coupon_code")))
                && areProducts(extra.get("products"));
    }

    private static boolean areProducts(@Nullable JsonNode products) {
        if (products == null) {
            return true;
        }
        if (!products.isArray()) {
            return false;
        }
        for (JsonNode product : products) {
            if (!product.isObject()
                    || !isText(product.get("product_id"))
                    || !isAbsentOr(product.get("quantity"), Measure.PRODUCT_QUANTITY)
                    || !isAbsentOr(product.get("unit_price"), Measure.PRODUCT_PRICE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(@Nullable JsonNode value) {
        return value != null && value.isString();
    }

    private static boolean isAbsentOr(@Nullable JsonNode value, Measure measure) {
        return value == null || value.isNull() || isNumber(value, measure);
    }

    private static boolean isNumber(JsonNode value, Measure measure) {
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        BigDecimal bound = measure.isWhole() ? INTEGER_BOUND : AMOUNT_BOUND;
        return number.compareTo(bound) <= 0
                && number.compareTo(bound.negate()) >= 0
                && NumberRange.decimals(number) <= (measure.isWhole() ? 0 : 2);
    }
}
