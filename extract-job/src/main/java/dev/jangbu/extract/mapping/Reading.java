package dev.jangbu.extract.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a column's text becomes a value: cut out, translated, typed, in this order.
 *
 * @param match where it matches the whole text, its first group is what counts
 * @param values translations; a text that has none stays as it is
 * @param otherwise what becomes of a text that has no translation; absent, unless {@code keepsOthers}
 * @param absent what stands for an absent column
 */
record Reading(
        @Nullable Pattern match,
        Map<String, Object> values,
        boolean keepsOthers,
        @Nullable Object otherwise,
        Kind kind,
        @Nullable Object absent) {
    Reading {
        values = new LinkedHashMap<>(values);
    }

    @Nullable
    Object value(@Nullable String text) {
        if (text == null) {
            return absent;
        }
        String cut = cut(text);
        Object translated = values.get(cut);
        if (translated != null) {
            return translated;
        }
        return keepsOthers ? kind.value(cut) : otherwise;
    }

    private String cut(String text) {
        if (match == null) {
            return text;
        }
        Matcher matcher = match.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }
}
