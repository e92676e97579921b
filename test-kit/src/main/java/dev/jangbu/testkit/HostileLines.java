package dev.jangbu.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines no producer should write, each with the reason it must be refused for. */
public final class HostileLines {
    /** All of them. */
    public static final List<Hostile> ALL = List.of(
            of("not utf-8", bytes("{\"a\":\"", 0xff, "\"}"), "line: not UTF-8 at byte 7 (expected: UTF-8)"),
            of("overlong slash", bytes("{\"a\":\"", 0xc0, 0xaf, "\"}"), "line: not UTF-8 at byte 7 (expected: UTF-8)"),
            of(
                    "surrogate in utf-8",
                    bytes("{\"a\":\"", 0xed, 0xa0, 0x80, "\"}"),
                    "line: not UTF-8 at byte 7 (expected: UTF-8)"),
            of("nul byte", bytes("{\"a\":\"", 0, "\"}"), "line: not JSON at character 7 (expected: one JSON object)"),
            of("only nul", bytes(0, 0, 0), "line: not JSON at character 1 (expected: one JSON object)"),
            of("utf-16", utf16(), "line: not UTF-8 at byte 1 (expected: UTF-8)"),
            of("mark within", text("\ufeff{}"), "line: not JSON at character 1 (expected: one JSON object)"),
            of("two objects", text("{}{}"), "line: not JSON at character 3 (expected: one JSON object)"),
            of("objects parted by \\r", text("{}\r{}"), "line: not JSON at character 4 (expected: one JSON object)"),
            of("an array", text("[1]"), "line: an array (expected: a JSON object)"),
            of("a number", text("7"), "line: a single value (expected: a JSON object)"),
            of("a text", text("\"x\""), "line: a single value (expected: a JSON object)"),
            of("null", text("null"), "line: a single value (expected: a JSON object)"),
            of("NaN", text("{\"total_amount\":NaN}"), "line: not JSON at character 20 (expected: one JSON object)"),
            of("Infinity", text("{\"a\":Infinity}"), "line: not JSON at character 14 (expected: one JSON object)"),
            of("cut off", text("{\"event_id\":\"x"), "line: not JSON at character 15 (expected: one JSON object)"),
            of("end of COPY", text("\\."), "line: not JSON at character 1 (expected: one JSON object)"),
            of("a key twice", text("{\"a\":1,\"a\":2}"), "line: a key twice in one object (expected: each key once)"),
            of(
                    "a known key twice",
                    text("{\"platform\":\"web\",\"platform\":\"ios\"}"),
                    "line: a key twice in one object (expected: each key once)"),
            of("deep", text("{\"a\":" + "[".repeat(10_000)), "line: nested too deep (expected: at most 64 levels)"),
            of(
                    "65 levels",
                    text("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"),
                    "line: nested too deep (expected: at most 64 levels)"),
            of(
                    "long number",
                    text("{\"a\":" + "9".repeat(1001) + "}"),
                    "line: a number too long (expected: at most 1000 characters)"),
            of(
                    "long key",
                    text("{\"" + "k".repeat(60_000) + "\":1}"),
                    "line: a name or text too long (expected: names within 50,000 characters)"),
            of(
                    "over 1 MiB",
                    text("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"),
                    "line: 1048584 bytes (expected: at most 1048576)"));

    private HostileLines() {}

    /** @param reason of check {@code required_fields} */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Hostile(String name, byte[] line, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Hostile of(String name, byte[] line, String reason) {
        return new Hostile(name, line, reason);
    }

    private static byte[] text(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] utf16() {
        return bytes(0xff, 0xfe, '{', 0, '}', 0);
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                line.writeBytes(text(text));
            } else {
                line.write(part instanceof Character character ? character : (Integer) part);
            }
        }
        return line.toByteArray();
    }
}
