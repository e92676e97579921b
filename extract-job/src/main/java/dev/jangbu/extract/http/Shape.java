package dev.jangbu.extract.http;

import dev.jangbu.kit.json.Json;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A redacted copy of an answer: names and kinds of its values, and how long texts are. Cut after a while. */
final class Shape {
    private static final int LIMIT = 1_024;

    private final StringBuilder text = new StringBuilder();

    private Shape() {}

    static String of(byte[] body) {
        Shape shape = new Shape();
        try (JsonParser parser = Json.mapper().createParser(body)) {
            while (shape.text.length() < LIMIT && parser.nextToken() != null) {
                shape.add(parser);
            }
        } catch (JacksonException end) {
            shape.text.append("… then no JSON");
        }
        String copy = shape.text.length() > LIMIT ? shape.text.substring(0, LIMIT) + "…" : shape.text.toString();
        return copy + " (" + body.length + " bytes)";
    }

    private void add(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.PROPERTY_NAME) {
            separate();
            text.append(parser.currentName()).append(':');
            return;
        }
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            text.append(token == JsonToken.END_OBJECT ? '}' : ']');
            return;
        }
        separate();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            text.append(token == JsonToken.START_OBJECT ? '{' : '[');
            return;
        }
        text.append(kind(parser, token));
    }

    private static String kind(JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return "text(" + parser.getString().length() + ")";
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return "number";
        }
        return token.name().replace("VALUE_", "").toLowerCase(Locale.ROOT);
    }

    private void separate() {
        char before = text.isEmpty() ? '{' : text.charAt(text.length() - 1);
        if (before != '{' && before != '[' && before != ':') {
            text.append(',');
        }
    }
}
