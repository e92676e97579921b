package dev.jangbu.transform.check;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code extra_data} of a record.
 *
 * @param value as it came: an object, a string, or what it should not be; null when absent
 * @param object what it holds; null when it is unreadable or absent
 * @param fault why it is unreadable
 */
record ExtraData(
        @Nullable JsonNode value,
        @Nullable ObjectNode object,
        @Nullable String fault) {
    private static final ExtraData ABSENT = new ExtraData(null, null, null);

    static ExtraData of(ObjectNode record) {
        JsonNode value = record.get("extra_data");
        if (value == null || value.isNull()) {
            return ABSENT;
        }
        if (value instanceof ObjectNode object) {
            return new ExtraData(value, object, null);
        }
        if (!value.isString()) {
            return new ExtraData(
                    value,
                    null,
                    "extra_data: " + Shown.value(value) + " (expected: an object, or a string holding one)");
        }
        LineJson held = LineJson.parse(value.stringValue(), "extra_data");
        if (held instanceof LineJson.Parsed parsed) {
            return new ExtraData(value, parsed.object(), null);
        }
        return new ExtraData(value, null, ((LineJson.Unreadable) held).reason());
    }

    boolean isPresent() {
        return value != null;
    }

    /** A value inside; null when it is absent or null. */
    @Nullable
    JsonNode get(String name) {
        JsonNode inside = object == null ? null : object.get(name);
        return inside == null || inside.isNull() ? null : inside;
    }
}
