package dev.jangbu.mart.page;

import dev.jangbu.mart.report.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Writes HTML and SVG. The only way in for text and attribute values is through the escaping here, tags close themselves
 * in order, and what could run or load (event handlers, links out of the page) is refused.
 */
public final class Markup {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Pattern RUNS = Pattern.compile("(?i)on.*|srcdoc");
    private static final Pattern LOADS = Pattern.compile("(?i)src|action|formaction|.*href");

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens a tag; {@code attributes} are names and values in turn. */
    public Markup open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the tag opened last. */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** A tag that holds nothing: {@code <rect …/>}. */
    public Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.insert(out.length() - 1, '/');
        return this;
    }

    /** A tag around one text. */
    public Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** A tag around the words of both languages. */
    public Markup leaf(String tag, Words words, String... attributes) {
        return open(tag, attributes).words(words).close();
    }

    public Markup text(String text) {
        escape(PlainText.visible(text));
        return this;
    }

    /** Both languages, of which the page shows one. */
    public Markup words(Words words) {
        if (words.korean().equals(words.english())) {
            return text(words.korean());
        }
        leaf("span", words.korean(), "class", "ko");
        return leaf("span", words.english(), "class", "en", "lang", "en");
    }

    /** The style sheet that comes with the program; never text from data. */
    public Markup style(String sheet) {
        if (sheet.contains("</")) {
            throw new IllegalArgumentException("style sheet: holds </ (expected: plain CSS)");
        }
        out.append("<style>").append(sheet).append("</style>");
        return this;
    }

    public Markup doctype() {
        out.append("<!doctype html>\n");
        return this;
    }

    /** The document. @throws IllegalStateException when a tag is still open */
    public String finish() {
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
        out.append('>');
    }

    private void attribute(String name, String value) {
        boolean isLoading = LOADS.matcher(requireName(name)).matches() && !value.startsWith("#");
        if (isLoading || RUNS.matcher(name).matches()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: nothing that runs or loads)");
        }
        out.append(' ').append(name).append("=\"");
        escape(PlainText.visible(value));
        out.append('"');
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches() || name.equalsIgnoreCase("script")) {
            throw new IllegalArgumentException("name: " + name + " (expected: a tag or attribute of this page)");
        }
        return name;
    }

    private void escape(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(character);
            }
        }
    }
}
