package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Field;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Values as reasons show them: short, on one line, without control characters, and with what looks like a person's number
 * masked. Whole free text and user ids are never shown.
 */
public final class Shown {
    private static final int LONGEST = 80;
    private static final Pattern PERSONAL = Pattern.compile(
            "\\d{6}-?[1-8]\\d{6}|01\\d-?\\d{3,4}-?\\d{4}|\\d{4}[- ]\\d{4}[- ]\\d{4}[- ]\\d{1,7}|[^@\\s]{1,64}+@[^@\\s]{1,255}");

    private Shown() {}

    /** {@code field: value}. */
    static String field(Field field, JsonNode value) {
        return field.fieldName() + ": " + (field == Field.USER_ID && value.isString() ? "(not shown)" : value(value));
    }

    public static String value(JsonNode value) {
        if (value.isString()) {
            return text(value.stringValue());
        }
        if (value.isNumber()) {
            return cut(number(value.decimalValue()));
        }
        if (value.isObject()) {
            return "an object";
        }
        return value.isArray() ? "an array" : value.toString();
    }

    public static String text(String text) {
        String head = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        String masked = PERSONAL.matcher(head).replaceAll("***");
        StringBuilder shown = new StringBuilder(masked.length());
        masked.codePoints().forEach(character -> append(shown, character));
        return cut(shown.toString());
    }

    static String number(BigDecimal number) {
        return number.toString();
    }

    private static void append(StringBuilder shown, int character) {
        int type = Character.getType(character);
        boolean plain = type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
        if (plain) {
            shown.appendCodePoint(character);
        } else {
            shown.append(String.format("\\u%04x", character));
        }
    }

    private static String cut(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
