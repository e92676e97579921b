package dev.jangbu.transform.fix;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A field has a value, anywhere its path leads.
 *
 * @param value a text, number or boolean; null for «absent or null», which mean the same
 */
record Condition(FieldPath field, JsonNode value) {
    boolean holds(Draft draft) {
        @Nullable ObjectNode record = draft.record();
        return record != null
                && field.owners(record).stream().anyMatch(owner -> isEqual(owner.get(field.name()), value));
    }

    private static boolean isEqual(@Nullable JsonNode found, JsonNode wanted) {
        if (found == null || found.isNull()) {
            return wanted.isNull();
        }
        if (found.isNumber() && wanted.isNumber()) {
            return found.decimalValue().compareTo(wanted.decimalValue()) == 0;
        }
        return found.equals(wanted);
    }
}
