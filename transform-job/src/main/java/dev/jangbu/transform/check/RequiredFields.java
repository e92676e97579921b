package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Field;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Check {@code required_fields} of a readable record. */
final class RequiredFields {
    private final Contract contract;

    RequiredFields(Contract contract) {
        this.contract = contract;
    }

    Problems check(ObjectNode record, @Nullable EventType type) {
        Problems problems = new Problems();
        for (Field field : contract.required(type)) {
            missing(record.get(field.fieldName()))
                    .ifPresent(how -> problems.add(field.fieldName() + ": " + how, "a value in " + name(type)));
        }
        return problems;
    }

    private static Optional<String> missing(@Nullable JsonNode value) {
        if (value == null) {
            return Optional.of("absent");
        }
        if (value.isNull()) {
            return Optional.of("null");
        }
        return value.isString() && Blank.is(value.stringValue()) ? Optional.of("blank") : Optional.empty();
    }

    private static String name(@Nullable EventType type) {
        return type == null ? "every event" : "every " + type.name().toLowerCase(Locale.ROOT);
    }
}
