package dev.jangbu.transform.records;

import dev.jangbu.kit.json.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A record as a platform might write it tomorrow: numbers as texts, texts that are numbers as numbers, fields nobody knows. */
public final class SwappedJson {
    private static final Pattern NUMBER = Pattern.compile("(0|[1-9]\\d*)(\\.\\d+)?");

    private SwappedJson() {}

    public static String of(String record) {
        return Json.line(swapped(Json.mapper().readTree(record)));
    }

    private static JsonNode swapped(JsonNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (node.isNumber()) {
            return factory.stringNode(node.decimalValue().toPlainString());
        }
        if (node.isString() && NUMBER.matcher(node.stringValue()).matches()) {
            return factory.numberNode(new java.math.BigDecimal(node.stringValue()));
        }
        if (node.isArray()) {
            ArrayNode array = factory.arrayNode();
            node.forEach(child -> array.add(swapped(child)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = factory.objectNode();
        node.properties().forEach(property -> object.set(property.getKey(), swapped(property.getValue())));
        return object.put("brand_new", true);
    }
}
