package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The first line of a clean file: the columns of {@code raw.raw_events} in their order. */
public final class CleanHeader {
    private static final byte[] LINE = (String.join(",", columns()) + "\n").getBytes(StandardCharsets.US_ASCII);

    private CleanHeader() {}

    /** With its line break. */
    public static byte[] line() {
        return LINE.clone();
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("event_date"));
        for (Field field : Field.values()) {
            switch (field) {
                case TIMESTAMP -> columns.add("occurred_at");
                case EXTRA_DATA ->
                    columns.addAll(List.of("discount_amount", "shipping_fee", "coupon_code", "products"));
                default -> columns.add(field.fieldName());
            }
        }
        columns.add("extra");
        return columns;
    }
}
