package dev.jangbu.transform.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The numbers a contract limits: those of a record, and those inside the {@code extra_data} of a purchase. */
public enum Measure {
    POSITION(true),
    QUANTITY(true),
    UNIT_PRICE(false),
    TOTAL_AMOUNT(false),
    RESULT_COUNT(true),
    PAGE_NUMBER(true),
    /** {@code extra_data.products[].quantity}. */
    PRODUCT_QUANTITY(true),
    /** {@code extra_data.products[].unit_price}; a gift costs 0. */
    PRODUCT_PRICE(false),
    /** {@code extra_data.discount_amount}. */
    DISCOUNT_AMOUNT(false),
    /** {@code extra_data.shipping_fee}. */
    SHIPPING_FEE(false);

    private final boolean whole;

    Measure(boolean whole) {
        this.whole = whole;
    }

    /** Whether it is a count; the others are money with at most two decimals. */
    public boolean isWhole() {
        return whole;
    }

    /** The key under {@code limits} in a contract file. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The measure of a field of kind {@link FieldKind#INTEGER} or {@link FieldKind#AMOUNT}. */
    public static Measure of(Field field) {
        return valueOf(field.name());
    }

    static Optional<Measure> named(String id) {
        return Arrays.stream(values())
                .filter(measure -> measure.id().equals(id))
                .findFirst();
    }
}
