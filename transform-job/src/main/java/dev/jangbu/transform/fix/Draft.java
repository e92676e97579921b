package dev.jangbu.transform.fix;

import dev.jangbu.kit.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line while rules change it: as text, or as the record it holds. A byte that is not UTF-8 is U+FFFD in the text, and as
 * long as one is left, the line holds no record: nobody has said what it should be.
 */
final class Draft {
    private static final char UNREADABLE = '\uFFFD';

    private final boolean isUtf8;
    private final String original;
    private String text;
    private @Nullable ObjectNode record;
    private boolean isRecordNewer;

    Draft(byte[] line) {
        this.isUtf8 = isUtf8(line);
        this.original = new String(line, StandardCharsets.UTF_8);
        this.text = original;
    }

    String text() {
        if (isRecordNewer && record != null) {
            text = Json.line(record);
            isRecordNewer = false;
        }
        return text;
    }

    void text(String changed) {
        if (!changed.equals(text())) {
            text = changed;
            record = null;
        }
    }

    /** What the line holds, to be changed; null where it is no JSON object within the limits. */
    @Nullable
    ObjectNode record() {
        if (record == null && isReadable()) {
            record = parse(text);
        }
        return record;
    }

    /** To be called after the record was changed. */
    void changed(boolean isChanged) {
        isRecordNewer |= isChanged;
    }

    Optional<String> result() {
        String result = text();
        boolean isLine = isReadable()
                && !result.isBlank()
                && result.indexOf('\n') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(result)
                && result.getBytes(StandardCharsets.UTF_8).length <= Json.LINE_LIMIT;
        return isLine && !(isUtf8 && result.equals(original)) ? Optional.of(result) : Optional.empty();
    }

    private boolean isReadable() {
        return isUtf8 || text.indexOf(UNREADABLE) < 0;
    }

    private static @Nullable ObjectNode parse(String line) {
        try {
            return Json.mapper().readTree(line) instanceof ObjectNode object ? object : null;
        } catch (JacksonException noRecord) {
            return null;
        }
    }

    private static boolean isUtf8(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException not) {
            return false;
        }
    }
}
