package dev.jangbu.transform.check;

import dev.jangbu.kit.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The products of a purchase as they are stored: quantities and prices plain, whatever way their numbers were written. */
final class Products {
    /** What of {@code extra_data} has a column of its own. */
    static final List<String> LIFTED = List.of("products", "discount_amount", "shipping_fee", "coupon_code");

    private Products() {}

    static ArrayNode normal(JsonNode products) {
        ArrayNode normal = Json.mapper().createArrayNode();
        for (JsonNode product : products) {
            ObjectNode copy = ((ObjectNode) product).deepCopy();
            plain(copy, "quantity");
            plain(copy, "unit_price");
            normal.add(copy);
        }
        return normal;
    }

    private static void plain(ObjectNode product, String name) {
        JsonNode value = product.get(name);
        if (value != null && value.isNumber()) {
            product.put(name, CleanRow.plain(value.decimalValue()));
        }
    }
}
