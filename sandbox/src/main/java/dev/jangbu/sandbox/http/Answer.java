package dev.jangbu.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a platform says.
 *
 * @param isWhileBlocked the call came while the account was shut out, and should not have been made
 */
public record Answer(int status, Map<String, String> headers, Content content, boolean isWhileBlocked) {
    /** Writes the same bytes each time. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Answer json(int status, Object value) {
        return bytes(status, "application/json;charset=UTF-8", Json.bytes(value));
    }

    public static Answer html(int status, String page) {
        return bytes(status, "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer text(int status, String text) {
        return bytes(status, "text/plain;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer redirect(String location) {
        return text(302, "").with("Location", location);
    }

    public static Answer bytes(int status, String type, byte[] content) {
        return of(status, type, out -> out.write(content));
    }

    public static Answer of(int status, String type, Content content) {
        return new Answer(status, Map.of("Content-Type", type), content, false);
    }

    public Answer with(String name, String value) {
        return with(Map.of(name, value));
    }

    public Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, content, isWhileBlocked);
    }

    public Answer whileBlocked() {
        return new Answer(status, headers, content, true);
    }

    /** The same status and headers, other content. */
    public Answer replaced(byte[] other) {
        return new Answer(status, headers, out -> out.write(other), isWhileBlocked);
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
