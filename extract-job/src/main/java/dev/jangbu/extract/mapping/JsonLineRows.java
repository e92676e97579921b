package dev.jangbu.extract.mapping;

import dev.jangbu.kit.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a JSON Lines file and gives each line to the day. Of a line that is too long for a record it holds no more. */
final class JsonLineRows {
    private static final int BUFFER_BYTES = 1 << 16;

    void read(InputStream file, String name, RowTaker taker) throws IOException {
        InputStream buffered = new BufferedInputStream(file, BUFFER_BYTES);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long number = 1;
        long length = 0;
        int value = buffered.read();
        while (value >= 0) {
            if (value == '\n') {
                give(line, length, new RowPlace(name, number), taker);
                line.reset();
                length = 0;
                number++;
            } else {
                length++;
                if (length <= Json.LINE_LIMIT) {
                    line.write(value);
                }
            }
            value = buffered.read();
        }
        give(line, length, new RowPlace(name, number), taker);
    }

    private static void give(ByteArrayOutputStream line, long length, RowPlace place, RowTaker taker) {
        String text = line.toString(StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return;
        }
        if (length > Json.LINE_LIMIT) {
            taker.broken(text, place, "line: " + length + " bytes (expected: at most " + Json.LINE_LIMIT + ")");
            return;
        }
        JsonNode node;
        try {
            node = Json.mapper().readTree(line.toByteArray());
        } catch (JacksonException notJson) {
            taker.broken(text, place, "not JSON: " + notJson.getOriginalMessage());
            return;
        }
        if (node.isObject()) {
            taker.row(new JsonRow(node, text), place);
        } else {
            taker.broken(text, place, "not a JSON object");
        }
    }
}
