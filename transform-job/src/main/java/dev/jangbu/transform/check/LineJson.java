package dev.jangbu.transform.check;

import dev.jangbu.kit.json.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A line as JSON, or why it is none. */
public sealed interface LineJson {
    /** A JSON object within the limits. */
    record Parsed(ObjectNode object) implements LineJson {}

    /** @param reason {@code line: what is wrong (expected: …)} */
    record Unreadable(String reason) implements LineJson {}

    static LineJson read(byte[] bytes, int from, int length) {
        CharBuffer text = CharBuffer.allocate(length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer line = ByteBuffer.wrap(bytes, from, length).slice();
        CoderResult end = decoder.decode(line, text, true);
        if (end.isError()) {
            return new Unreadable("line: not UTF-8 at byte " + (line.position() + 1) + " (expected: UTF-8)");
        }
        return parse(text.flip().toString(), "line");
    }

    /** @param name what the text is called in the reason */
    static LineJson parse(String text, String name) {
        try {
            JsonNode node = Json.mapper().readTree(text);
            if (node instanceof ObjectNode object) {
                return new Parsed(object);
            }
            return new Unreadable(name + ": " + kind(node) + " (expected: a JSON object)");
        } catch (StreamConstraintsException beyondLimits) {
            return new Unreadable(name + ": " + limit(beyondLimits));
        } catch (JacksonException notJson) {
            return new Unreadable(name + ": " + fault(notJson));
        }
    }

    private static String kind(JsonNode node) {
        if (node.isArray()) {
            return "an array";
        }
        return node.isMissingNode() ? "nothing" : "a single value";
    }

    private static String limit(StreamConstraintsException beyond) {
        String message = beyond.getOriginalMessage();
        if (message.contains("nesting depth")) {
            return "nested too deep (expected: at most " + Json.DEPTH_LIMIT + " levels)";
        }
        if (message.contains("Number")) {
            return "a number too long (expected: at most 1000 characters)";
        }
        return "a name or text too long (expected: names within 50,000 characters)";
    }

    private static String fault(JacksonException notJson) {
        if (notJson.getOriginalMessage().startsWith("Duplicate")) {
            return "a key twice in one object (expected: each key once)";
        }
        long character =
                notJson.getLocation() == null ? 0 : notJson.getLocation().getCharOffset() + 1;
        return "not JSON at character " + Math.max(character, 1) + " (expected: one JSON object)";
    }
}
