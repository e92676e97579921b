package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Measure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The part of check {@code value_range} that looks into {@code extra_data}, whether object or string. */
final class ExtraDataRange {
    private static final int COUPON_LENGTH = 1024;

    private final NumberRange numbers;

    ExtraDataRange(NumberRange numbers) {
        this.numbers = numbers;
    }

    void check(ExtraData extra, Problems problems) {
        if (extra.object() == null) {
            return;
        }
        amount(extra, "discount_amount", Measure.DISCOUNT_AMOUNT, problems);
        amount(extra, "shipping_fee", Measure.SHIPPING_FEE, problems);
        coupon(extra.get("coupon_code"), problems);
        products(extra.get("products"), problems);
        if (extra.value() != null && extra.value().isString()) {
            @Nullable String fault = StorableText.fault(extra.object());
            if (fault != null) {
                problems.add("extra_data: holds " + fault, "what PostgreSQL can hold");
            }
        }
    }

    private void amount(ExtraData extra, String name, Measure measure, Problems problems) {
        JsonNode value = extra.get(name);
        if (value != null) {
            numbers.check("extra_data." + name, measure, value, problems);
        }
    }

    private static void coupon(@Nullable JsonNode code, Problems problems) {
        if (code == null) {
            return;
        }
        if (!code.isString()) {
            problems.add("extra_data.coupon_code: " + Shown.value(code), "text");
            return;
        }
        String text = code.stringValue();
        int length = text.codePointCount(0, text.length());
        if (length > COUPON_LENGTH) {
            problems.add("extra_data.coupon_code: " + length + " characters", "0.." + COUPON_LENGTH + " characters");
        }
    }

    private void products(@Nullable JsonNode products, Problems problems) {
        if (products == null) {
            return;
        }
        if (!products.isArray()) {
            problems.add("extra_data.products: " + Shown.value(products), "an array");
            return;
        }
        for (int at = 0; at < products.size(); at++) {
            product("extra_data.products[" + at + "]", products.get(at), problems);
        }
    }

    private void product(String name, JsonNode product, Problems problems) {
        if (!product.isObject()) {
            problems.add(name + ": " + Shown.value(product), "an object");
            return;
        }
        JsonNode id = product.get("product_id");
        if (id == null || id.isNull()) {
            problems.add(name + ".product_id: absent", "an id");
        } else if (!id.isString()) {
            problems.add(name + ".product_id: " + Shown.value(id), "text");
        } else if (!ValueRange.isId(id.stringValue())) {
            problems.add(name + ".product_id: " + Shown.value(id), "1..64 of A-Z a-z 0-9 . _ : -");
        }
        number(name + ".quantity", Measure.PRODUCT_QUANTITY, product.get("quantity"), problems);
        number(name + ".unit_price", Measure.PRODUCT_PRICE, product.get("unit_price"), problems);
    }

    private void number(String name, Measure measure, @Nullable JsonNode value, Problems problems) {
        if (value != null && !value.isNull()) {
            numbers.check(name, measure, value, problems);
        }
    }
}
