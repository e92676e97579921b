package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Field;
import dev.jangbu.transform.contract.FieldKind;
import dev.jangbu.transform.contract.Measure;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Check {@code value_range} of a readable record: each field that is there has its type, list, limits, pattern. A required
 * field that is blank is the business of {@code required_fields} alone.
 */
final class ValueRange {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final Contract contract;
    private final NumberRange numbers;
    private final ExtraDataRange extraData;

    ValueRange(Contract contract) {
        this.contract = contract;
        this.numbers = new NumberRange(contract);
        this.extraData = new ExtraDataRange(numbers);
    }

    Problems check(ObjectNode record, @Nullable EventType type, ExtraData extra) {
        Problems problems = new Problems();
        Set<Field> required = contract.required(type);
        for (Field field : Field.values()) {
            JsonNode value = record.get(field.fieldName());
            if (value != null && !value.isNull() && !isBlank(value, required.contains(field))) {
                check(field, value, problems);
            }
        }
        extraData.check(extra, problems);
        for (Map.Entry<String, JsonNode> property : record.properties()) {
            @Nullable String name = StorableText.fault(property.getKey());
            @Nullable String fault = name == null ? StorableText.fault(property.getValue()) : name;
            if (fault != null) {
                problems.add(Shown.text(property.getKey()) + ": holds " + fault, "what PostgreSQL can hold");
            }
        }
        return problems;
    }

    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static boolean isBlank(JsonNode value, boolean required) {
        return required && value.isString() && Blank.is(value.stringValue());
    }

    private void check(Field field, JsonNode value, Problems problems) {
        switch (field.kind()) {
            case UUID, ID, WORD, TIME, TEXT -> {
                if (value.isString()) {
                    checkText(field, value.stringValue(), problems);
                } else {
                    problems.add(Shown.field(field, value), "text");
                }
            }
            case INTEGER, AMOUNT -> numbers.check(field.fieldName(), Measure.of(field), value, problems);
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    problems.add(Shown.field(field, value), "true or false");
                }
            }
            case OBJECT -> {
                if (!value.isObject() && !value.isString()) {
                    problems.add(Shown.field(field, value), "an object, or a string holding one");
                }
            }
        }
    }

    private void checkText(Field field, String text, Problems problems) {
        @Nullable String wanted = wanted(field, text);
        if (wanted != null) {
            problems.add(shown(field, text), wanted);
        }
    }

    private @Nullable String wanted(Field field, String text) {
        return switch (field.kind()) {
            case UUID -> isUuid(text) ? null : "a UUID of 36 characters";
            case ID -> wantedId(field, text);
            case WORD -> field.words().contains(text) ? null : String.join("|", field.words());
            case TEXT -> hasLength(field, text) ? null : field.minLength() + ".." + field.maxLength() + " characters";
            case TIME, INTEGER, AMOUNT, BOOLEAN, OBJECT -> null;
        };
    }

    private @Nullable String wantedId(Field field, String text) {
        if (!isId(text)) {
            return "1..64 of A-Z a-z 0-9 . _ : -";
        }
        Pattern own = contract.pattern(field);
        return own == null || own.matcher(text).matches() ? null : "like " + own.pattern();
    }

    private static boolean hasLength(Field field, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= field.minLength() && length <= field.maxLength();
    }

    private static String shown(Field field, String text) {
        if (field.kind() == FieldKind.TEXT) {
            return field.fieldName() + ": " + text.codePointCount(0, text.length()) + " characters";
        }
        return field.fieldName() + ": " + (field == Field.USER_ID ? "(not shown)" : Shown.text(text));
    }
}
