package dev.jangbu.search.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes HTML and SVG. Text and attribute values only come in escaped, tags close themselves in order; nothing that runs
 * is written, and every address is one of this server.
 */
final class Html {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Pattern RUNS = Pattern.compile("(?i)on.*|srcdoc|style");
    private static final Pattern ADDRESS = Pattern.compile("(?i)src|action|formaction|.*href");
    private static final Pattern OWN = Pattern.compile("[/#?](?!/).*|");

    private final StringBuilder out = new StringBuilder(1 << 14);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens a tag; {@code attributes} are names and values in turn. */
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Closes the tag opened last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes so many tags. */
    Html close(int tags) {
        for (int index = 0; index < tags; index++) {
            close();
        }
        return this;
    }

    /** A tag that holds nothing. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>");
        return this;
    }

    /** A tag around one text. */
    Html leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    Html doctype() {
        out.append("<!doctype html>\n");
        return this;
    }

    /** The document. @throws IllegalStateException when a tag is still open */
    String finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("open: " + open + " (expected: every tag closed)");
        }
        return out.append('\n').toString();
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(requireName(tag));
        for (int index = 0; index < attributes.length; index += 2) {
            attribute(attributes[index], attributes[index + 1]);
        }
    }

    private void attribute(String name, String value) {
        boolean isElsewhere = ADDRESS.matcher(requireName(name)).matches()
                && !OWN.matcher(value).matches();
        if (isElsewhere || RUNS.matcher(name).matches()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: an address of this server)");
        }
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches() || name.toLowerCase(Locale.ROOT).equals("script")) {
            throw new IllegalArgumentException("name: " + name + " (expected: a tag or attribute of this page)");
        }
        return name;
    }

    /** Control and direction marks are shown as a box: no text may change how its neighbours are read. */
    private void escape(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(character);
                default -> out.append(isHidden(character) ? '\u25a1' : character);
            }
        }
    }

    private static boolean isHidden(char character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }
}
