package dev.jangbu.transform.fix;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is done to a field. Everything else of the record stays as it is, its order too. */
sealed interface Action {
    /** Changes the field of that name; false where there was nothing to change. */
    boolean apply(ObjectNode owner, String name);

    /** Gives the field this value, whether it has one or not. */
    record Set(JsonNode value) implements Action {
        @Override
        public boolean apply(ObjectNode owner, String name) {
            return !value.equals(owner.get(name)) && put(owner, name, value);
        }
    }

    /** Gives the field the value that stands beside its own; one that is not listed stays. */
    record Translate(Map<String, JsonNode> values) implements Action {
        public Translate {
            values = Map.copyOf(values);
        }

        @Override
        public boolean apply(ObjectNode owner, String name) {
            JsonNode old = owner.get(name);
            @Nullable JsonNode value = old == null ? null : values.get(text(old));
            return value != null && !value.equals(old) && put(owner, name, value);
        }

        private static String text(JsonNode value) {
            return value.isNumber() ? value.decimalValue().toPlainString() : value.asString("");
        }
    }

    /** Replaces what matches in a text, each time it does. */
    record Replace(Pattern pattern, String with) implements Action {
        @Override
        public boolean apply(ObjectNode owner, String name) {
            JsonNode old = owner.get(name);
            if (old == null || !old.isString()) {
                return false;
            }
            String value = in(old.stringValue());
            return !value.equals(old.stringValue()) && put(owner, name, owner.stringNode(value));
        }

        String in(String text) {
            return pattern.matcher(text).replaceAll(with);
        }
    }

    /** Turns a text that is a decimal number into that number. */
    record ToNumber() implements Action {
        private static final Pattern DECIMAL = Pattern.compile("\\s*-?\\d{1,200}(\\.\\d{1,200})?\\s*");

        @Override
        public boolean apply(ObjectNode owner, String name) {
            JsonNode old = owner.get(name);
            if (old == null
                    || !old.isString()
                    || !DECIMAL.matcher(old.stringValue()).matches()) {
                return false;
            }
            BigDecimal number = new BigDecimal(old.stringValue().strip());
            return put(
                    owner,
                    name,
                    number.scale() == 0 ? owner.numberNode(number.unscaledValue()) : owner.numberNode(number));
        }
    }

    /** Takes the field away. */
    record Remove() implements Action {
        @Override
        public boolean apply(ObjectNode owner, String name) {
            return owner.remove(name) != null;
        }
    }

    /** Gives the field another name; not where there is a value of that name already. */
    record Rename(String to) implements Action {
        @Override
        public boolean apply(ObjectNode owner, String name) {
            JsonNode taken = owner.get(to);
            if (!owner.has(name) || (taken != null && !taken.isNull())) {
                return false;
            }
            Map<String, JsonNode> renamed = new LinkedHashMap<>();
            owner.properties().forEach(property -> {
                if (property.getKey().equals(name)) {
                    renamed.put(to, property.getValue());
                } else if (!property.getKey().equals(to)) {
                    renamed.put(property.getKey(), property.getValue());
                }
            });
            owner.removeAll();
            owner.setAll(renamed);
            return true;
        }
    }

    private static boolean put(ObjectNode owner, String name, JsonNode value) {
        owner.set(name, value);
        return true;
    }
}
