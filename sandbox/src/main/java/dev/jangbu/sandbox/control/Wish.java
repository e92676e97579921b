package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.http.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The JSON object of a control call; a key it does not know is refused. */
final class Wish {
    private final JsonNode node;

    private Wish(JsonNode node) {
        this.node = node;
    }

    static Wish read(String body, String... keys) {
        return of(Json.read(body, wrong("body: no JSON (expected: an object)")), keys);
    }

    static Wish of(JsonNode node, String... keys) {
        if (!node.isObject()) {
            throw new Refused(wrong("body: " + node.getNodeType() + " (expected: an object)"));
        }
        for (String name : node.propertyNames()) {
            if (!Set.of(keys).contains(name)) {
                throw new Refused(wrong(name + ": unknown (expected: " + String.join(", ", keys) + ")"));
            }
        }
        return new Wish(node);
    }

    static Answer wrong(String message) {
        return Answer.json(400, Fields.of("error", message));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(node.get(name))
                .filter(value -> !value.isNull())
                .map(JsonNode::asString);
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new Refused(wrong(name + ": missing (expected: a value)")));
    }

    int number(String name, int otherwise) {
        return (int) decimal(name, otherwise);
    }

    long big(String name, long otherwise) {
        JsonNode value = node.get(name);
        return value == null ? otherwise : value.asLong(otherwise);
    }

    double decimal(String name, double otherwise) {
        JsonNode value = node.get(name);
        if (value != null && !value.isNumber()) {
            throw new Refused(wrong(name + ": " + value + " (expected: a number)"));
        }
        return value == null ? otherwise : value.asDouble();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = node.get(name);
        if (value != null && !value.isBoolean()) {
            throw new Refused(wrong(name + ": " + value + " (expected: true or false)"));
        }
        return value == null ? otherwise : value.asBoolean();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        Optional.ofNullable(node.get(name)).ifPresent(values -> values.forEach(value -> texts.add(value.asString())));
        return texts;
    }

    JsonNode object(String name) {
        JsonNode value = node.get(name);
        return value == null ? Json.mapper().createObjectNode() : value;
    }
}
