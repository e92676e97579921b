package dev.jangbu.transform.fix;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a field stands: {@code quantity}, {@code extra_data.shipping_fee}, {@code extra_data.products[].quantity} for each
 * of a list, or {@code $line} for the whole line.
 *
 * @param parents the objects and lists on the way
 */
record FieldPath(List<String> parents, String name) {
    private static final String LINE = "$line";
    private static final String EACH = "[]";
    private static final Pattern VALID =
            Pattern.compile("[^.\\[\\]$]{1,200}(\\[])?(\\.[^.\\[\\]$]{1,200}(\\[])?){0,9}");

    FieldPath {
        parents = List.copyOf(parents);
    }

    /** @throws IllegalArgumentException with {@code value (expected: …)} when it is none */
    static FieldPath parse(String text) {
        if (LINE.equals(text)) {
            return new FieldPath(List.of(), LINE);
        }
        if (!VALID.matcher(text).matches() || text.endsWith(EACH)) {
            throw new IllegalArgumentException(text + " (expected: a field such as quantity, extra_data.shipping_fee or"
                    + " extra_data.products[].quantity, or " + LINE + ")");
        }
        List<String> steps = List.of(text.split("\\."));
        return new FieldPath(steps.subList(0, steps.size() - 1), steps.get(steps.size() - 1));
    }

    boolean isLine() {
        return LINE.equals(name);
    }

    /** The objects that have the field, or may be given it. */
    List<ObjectNode> owners(ObjectNode record) {
        List<JsonNode> reached = List.of(record);
        for (String parent : parents) {
            List<JsonNode> inside = new ArrayList<>();
            for (JsonNode node : reached) {
                descend(node, parent, inside);
            }
            reached = inside;
        }
        return reached.stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static void descend(JsonNode node, String parent, List<JsonNode> inside) {
        boolean isEach = parent.endsWith(EACH);
        JsonNode child = node.path(isEach ? parent.substring(0, parent.length() - EACH.length()) : parent);
        if (isEach && child.isArray()) {
            child.forEach(inside::add);
        } else if (!isEach) {
            inside.add(child);
        }
    }

    @Override
    public String toString() {
        return parents.isEmpty() ? name : String.join(".", parents) + "." + name;
    }
}
