package dev.jangbu.search.http;

import dev.jangbu.kit.json.Json;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Rows as CSV (RFC 4180), the columns those of the JSON; nothing between commas is NULL. */
final class Csv {
    private Csv() {}

    static <T> byte[] of(Class<T> type, List<T> rows) {
        List<String> columns = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
        StringBuilder out = new StringBuilder(String.join(",", columns)).append("\r\n");
        for (T row : rows) {
            JsonNode values = Json.mapper().valueToTree(row);
            for (int index = 0; index < columns.size(); index++) {
                out.append(index == 0 ? "" : ",").append(cell(values.get(columns.get(index))));
            }
            out.append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            return value.isContainer() ? quoted(value.toString()) : value.asString();
        }
        return quoted(value.asString());
    }

    private static String quoted(String text) {
        boolean isPlain = !text.isEmpty() && text.chars().noneMatch(it -> it == ',' || it == '"' || it < ' ');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
