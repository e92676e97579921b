package dev.jangbu.transform.check;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.output.CsvRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as its row in the clean CSV. Also of a record that failed a check and may be kept: but only where every column
 * of {@code raw.raw_events} can hold its value unchanged; whatever the contract says, the others are rejected.
 */
final class CleanRow {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MICROS = 1_000_000;

    private final LocalDate businessDate;

    CleanRow(LocalDate businessDate) {
        this.businessDate = businessDate;
    }

    /** The row with its line break in UTF-8; null when PostgreSQL could not hold it. */
    byte @Nullable [] write(ObjectNode record, ExtraData extra, long micros) {
        if (!StorableRecord.isStorable(record, extra)) {
            return null;
        }
        CsvRow row = new CsvRow();
        row.text(businessDate.toString());
        for (Field field : Field.values()) {
            append(row, field, record, extra, micros);
        }
        ObjectNode unknown = unknown(record, extra);
        row.optional(unknown.isEmpty() ? null : Json.line(unknown));
        return row.toBytes();
    }

    private static void append(CsvRow row, Field field, ObjectNode record, ExtraData extra, long micros) {
        if (field == Field.EXTRA_DATA) {
            row.optional(amount(extra.get("discount_amount")));
            row.optional(amount(extra.get("shipping_fee")));
            JsonNode coupon = extra.get("coupon_code");
            row.optional(coupon == null ? null : coupon.stringValue());
            JsonNode products = extra.get("products");
            row.optional(products == null ? null : Json.line(Products.normal(products)));
            return;
        }
        JsonNode value = record.get(field.fieldName());
        row.optional(value == null || value.isNull() ? null : text(field, value, micros));
    }

    private static @Nullable String text(Field field, JsonNode value, long micros) {
        return switch (field.kind()) {
            case UUID -> value.stringValue().toLowerCase(Locale.ROOT);
            case TIME ->
                INSTANT.format(
                        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L));
            case ID, WORD, TEXT -> value.stringValue();
            case INTEGER, AMOUNT -> amount(value);
            case BOOLEAN -> value.booleanValue() ? "true" : "false";
            case OBJECT -> null;
        };
    }

    private static @Nullable String amount(@Nullable JsonNode value) {
        return value == null ? null : plain(value.decimalValue()).toPlainString();
    }

    /** As it came where it has up to two decimals, else without needless zeros and exponent. */
    static BigDecimal plain(BigDecimal number) {
        if (number.scale() < 0) {
            return number.setScale(0);
        }
        if (number.scale() <= 2) {
            return number;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** What the contract does not know, as it came; {@code extra_data} that cannot be read is part of it. */
    private static ObjectNode unknown(ObjectNode record, ExtraData extra) {
        ObjectNode unknown = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> property : record.properties()) {
            if (Field.named(property.getKey()).isEmpty()) {
                unknown.set(property.getKey(), property.getValue());
            }
        }
        if (extra.fault() != null && extra.value() != null) {
            unknown.set("extra_data", extra.value());
        }
        if (extra.object() != null) {
            ObjectNode inside = extra.object().deepCopy();
            inside.remove(Products.LIFTED);
            if (!inside.isEmpty()) {
                unknown.set("extra_data", inside);
            }
        }
        return unknown;
    }
}
