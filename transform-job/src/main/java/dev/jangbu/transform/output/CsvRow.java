package dev.jangbu.transform.output;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One row of RFC 4180 as PostgreSQL's COPY reads it: NULL is nothing, empty text is {@code ""}. */
public final class CsvRow {
    private final StringBuilder row = new StringBuilder(512);
    private boolean first = true;

    /** NULL where the value is null. */
    public void optional(@Nullable String value) {
        separate();
        if (value != null) {
            append(value);
        }
    }

    public void text(String value) {
        separate();
        append(value);
    }

    /** What was added so far, with a line break. */
    public byte[] toBytes() {
        return (row + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void separate() {
        if (!first) {
            row.append(',');
        }
        first = false;
    }

    private void append(String value) {
        if (!needsQuotes(value)) {
            row.append(value);
            return;
        }
        row.append('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '"') {
                row.append('"');
            }
            row.append(character);
        }
        row.append('"');
    }

    private static boolean needsQuotes(String value) {
        if (value.isEmpty()) {
            return true;
        }
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == ',' || character == '"' || character == '\n' || character == '\r') {
                return true;
            }
        }
        return false;
    }
}
