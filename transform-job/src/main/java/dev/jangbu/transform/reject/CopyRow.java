package dev.jangbu.transform.reject;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One row of COPY's text format. */
final class CopyRow {
    private final StringBuilder row = new StringBuilder(512);

    CopyRow add(@Nullable String value) {
        if (!row.isEmpty()) {
            row.append('\t');
        }
        if (value == null) {
            row.append("\\N");
            return this;
        }
        for (int at = 0; at < value.length(); at++) {
            append(value.charAt(at));
        }
        return this;
    }

    byte[] toBytes() {
        return row.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(char character) {
        switch (character) {
            case '\\' -> row.append("\\\\");
            case '\t' -> row.append("\\t");
            case '\n' -> row.append("\\n");
            case '\r' -> row.append("\\r");
            default -> row.append(character);
        }
    }
}
