package dev.jangbu.extract.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a row stands.
 *
 * @param line of its start, from 1
 */
record RowPlace(String file, long line) {
    /** Of a row that cannot be mapped, so much is landed. */
    private static final int RAW_LIMIT = 64 << 10;

    /** What is landed of a row here that cannot be mapped. */
    Map<String, Object> unmapped(Object raw, String reason) {
        Map<String, Object> unmapped = new LinkedHashMap<>();
        unmapped.put("file", file);
        unmapped.put("line", line);
        unmapped.put("reason", reason);
        unmapped.put("row", cut(raw));
        return unmapped;
    }

    private static Object cut(Object raw) {
        String text = String.valueOf(raw);
        return text.length() <= RAW_LIMIT ? raw : text.substring(0, RAW_LIMIT);
    }
}
