package dev.jangbu.transform.replay;

import dev.jangbu.kit.json.Json;
import tools.jackson.core.JacksonException;

/** What changed in a line, for people: the place where two texts differ, with a little around it. */
final class Difference {
    private static final int AROUND = 24;
    private static final int LONGEST = 100;

    private Difference() {}

    /** {@code …"quantity":-2,"unit… → …"quantity":2,"unit…}. */
    static String of(String before, String after) {
        String old = normal(before);
        String changed = normal(after);
        int same = 0;
        while (same < Math.min(old.length(), changed.length()) && old.charAt(same) == changed.charAt(same)) {
            same++;
        }
        int rest = Math.min(old.length(), changed.length()) - same;
        int tail = 0;
        while (tail < rest && old.charAt(old.length() - 1 - tail) == changed.charAt(changed.length() - 1 - tail)) {
            tail++;
        }
        return window(old, same, tail) + " → " + window(changed, same, tail);
    }

    /** JSON without needless blanks, so that they are not told as changes. */
    private static String normal(String line) {
        try {
            return Json.line(Json.mapper().readTree(line));
        } catch (JacksonException notJson) {
            return line;
        }
    }

    private static String window(String text, int same, int tail) {
        int from = Math.max(0, same - AROUND);
        int to = Math.min(text.length(), text.length() - tail + AROUND);
        boolean isCut = to - from > LONGEST;
        String shown = text.substring(from, isCut ? from + LONGEST : to);
        return (from > 0 ? "…" : "") + shown.replaceAll("\\p{Cntrl}", "?") + (isCut || to < text.length() ? "…" : "");
    }
}
