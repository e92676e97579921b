package dev.jangbu.transform.check;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What JSON can say and PostgreSQL cannot hold: U+0000, half a surrogate pair, a number beyond {@code numeric}. */
public final class StorableText {
    private static final int NUMERIC_DIGITS_BEFORE = 131_072;
    private static final int NUMERIC_DIGITS_AFTER = 16_383;

    private StorableText() {}

    /** What cannot be held anywhere in the value, its names included; null when all can. */
    static @Nullable String fault(JsonNode value) {
        if (value.isString()) {
            return fault(value.stringValue());
        }
        if (value.isNumber()) {
            return isNumeric(value.decimalValue()) ? null : "a number beyond PostgreSQL's numeric";
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            @Nullable String name = fault(property.getKey());
            if (name != null) {
                return name;
            }
        }
        for (JsonNode child : value) {
            @Nullable String within = fault(child);
            if (within != null) {
                return within;
            }
        }
        return null;
    }

    public static @Nullable String fault(String text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == 0) {
                return "U+0000";
            }
            if (Character.isSurrogate(character)) {
                if (!Character.isHighSurrogate(character)
                        || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return "half a surrogate pair";
                }
                at++;
            }
        }
        return null;
    }

    private static boolean isNumeric(BigDecimal number) {
        long before = (long) number.precision() - number.scale();
        return before <= NUMERIC_DIGITS_BEFORE && number.scale() <= NUMERIC_DIGITS_AFTER;
    }
}
