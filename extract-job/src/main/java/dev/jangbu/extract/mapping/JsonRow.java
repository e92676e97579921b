package dev.jangbu.extract.mapping;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object. A column is a path: {@code device.category}, {@code items[0].item_id}, and {@code event_params[page]} for
 * the value of the element of a list of {@code {"key": "page", "value": {"string_value": …}}}.
 *
 * @param line as it came; of a list's element, its JSON
 */
record JsonRow(JsonNode node, String line) implements Row {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]|\\[([^\\]]+)]");

    static boolean isPath(String column) {
        return column.matches("[^.\\[\\]]+(\\.[^.\\[\\]]+|\\[[^\\[\\]]+])*");
    }

    @Override
    public @Nullable String text(String column) {
        JsonNode found = find(column);
        if (found == null || found.isNull() || found.isMissingNode()) {
            return null;
        }
        String text = found.isString() ? found.stringValue() : found.toString();
        return text.isEmpty() ? null : text;
    }

    @Override
    public String whole() {
        return line;
    }

    @Override
    public List<Row> each(String column) {
        JsonNode found = find(column);
        if (found == null || !found.isArray()) {
            return List.of();
        }
        return found.valueStream()
                .<Row>map(element -> new JsonRow(element, element.toString()))
                .toList();
    }

    @Override
    public Object raw() {
        return line;
    }

    private @Nullable JsonNode find(String path) {
        JsonNode at = node;
        Matcher step = STEP.matcher(path);
        while (at != null && step.find()) {
            at = next(at, step);
        }
        return at;
    }

    private static @Nullable JsonNode next(JsonNode at, Matcher step) {
        if (step.group(1) != null) {
            return at.get(step.group(1));
        }
        return step.group(2) != null ? at.get(Integer.parseInt(step.group(2))) : parameter(at, step.group(3));
    }

    private static @Nullable JsonNode parameter(JsonNode list, String key) {
        for (JsonNode element : list) {
            JsonNode name = element.get("key");
            if (name != null && name.isString() && name.stringValue().equals(key)) {
                JsonNode value = element.get("value");
                return value == null || !value.isObject() ? value : firstPresent(value);
            }
        }
        return null;
    }

    private static @Nullable JsonNode firstPresent(JsonNode value) {
        return value.valueStream()
                .filter(member -> !member.isNull())
                .findFirst()
                .orElse(null);
    }
}
