package dev.jangbu.search.http;

import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;

/**
 * Where a page ended: the sort key of its last row. Opaque outside; it only says where to go on, and whoever makes one up
 * sees no more than without it.
 *
 * @param keys the values of the sort key, as text
 */
public record Cursor(List<String> keys) {
    private static final String EXPECTED = "the cursor of an answer to the same filters";

    private record Written(List<String> keys, long filters) {}

    public Cursor {
        keys = List.copyOf(keys);
    }

    /** @throws ProblemException for one that is none, or one of other filters */
    public static Cursor parse(String text, String filters) {
        try {
            Written written = Json.mapper().readValue(Base64.getUrlDecoder().decode(text), Written.class);
            if (written.filters() == sum(filters)) {
                return new Cursor(written.keys());
            }
        } catch (IllegalArgumentException | NullPointerException | JacksonException notOurs) {
            // Told below.
        }
        throw ProblemException.badValue("cursor", text, EXPECTED);
    }

    public String text(String filters) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.mapper().writeValueAsBytes(new Written(keys, sum(filters))));
    }

    /** One of its keys as a number. @throws ProblemException when it is none */
    public long number(int index) {
        String text = key(index);
        if (!text.matches("-?[0-9]{1,19}")) {
            throw wrong();
        }
        return Parameters.number("cursor", text);
    }

    /** @throws ProblemException when there are fewer */
    public String key(int index) {
        if (index >= keys.size()) {
            throw wrong();
        }
        return keys.get(index);
    }

    public static ProblemException wrong() {
        return ProblemException.badValue("cursor", "made up", EXPECTED);
    }

    private static long sum(String filters) {
        CRC32 sum = new CRC32();
        sum.update(filters.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}
