package dev.jangbu.transform.reject;

import dev.jangbu.kit.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One line of a rejects or flagged file: a JSON object with file, line, checks and the raw line. */
public final class RefusedLine {
    private RefusedLine() {}

    /**
     * The object with its line break, in UTF-8.
     *
     * @param file as the landing's manifest names it
     * @param line counted from 1
     * @param checks every check it failed, in their order
     */
    public static byte[] write(String file, long line, List<RejectedLine.Reason> checks, RawLine raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.head().length + 256);
        try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("file", file);
            json.writeNumberProperty("line", line);
            json.writeArrayPropertyStart("checks");
            for (RejectedLine.Reason failed : checks) {
                json.writeStartObject();
                json.writeStringProperty("check", failed.check());
                json.writeStringProperty("reason", failed.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeRaw(json, raw);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void writeRaw(JsonGenerator json, RawLine raw) {
        @Nullable String text = text(raw);
        if (text == null) {
            json.writeStringProperty("raw_base64", Base64.getEncoder().encodeToString(raw.head()));
        } else {
            json.writeStringProperty("raw", text);
        }
        json.writeNumberProperty("raw_bytes", raw.bytes());
        if (raw.isCut()) {
            json.writeStringProperty("raw_sha256", raw.sha256());
        }
    }

    /** The head as text; null when it is not UTF-8. A character cut in two at the end is left out. */
    private static @Nullable String text(RawLine raw) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(raw.head().length);
        boolean isError =
                decoder.decode(ByteBuffer.wrap(raw.head()), text, !raw.isCut()).isError();
        return isError ? null : text.flip().toString();
    }
}
