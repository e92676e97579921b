package dev.jangbu.load.erase;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The person to erase, and how the id is told from other text. An id with letters and digits is looked for wherever it
 * stands as a word; one that could be any number or name ({@code 257597}, {@code kim}) only where a {@code user_id} is,
 * since whoever else's price or search it equals must not go with it.
 */
public final class Subject implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int SHORTEST_WORD = 5;
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    private final String id;
    private final byte[] bytes;
    private final boolean isWord;
    private final String patternText;
    private final Pattern pattern;

    private Subject(String id) {
        this.id = id;
        this.bytes = id.getBytes(StandardCharsets.US_ASCII);
        this.isWord = id.length() >= SHORTEST_WORD
                && id.chars().anyMatch(Character::isDigit)
                && id.chars().anyMatch(Character::isLetter);
        String literal = id.replace(".", "\\.");
        this.patternText = isWord
                ? "(^|[^A-Za-z0-9_-]|\\\\[bfnrt])" + literal + "(?![A-Za-z0-9_-])"
                : "(user_id[\\\\\"']*\\s*[:=]\\s*[\\\\\"']*)" + literal + "(?![A-Za-z0-9_.:-])";
        this.pattern = Pattern.compile(patternText);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when it is no user id; the message does not repeat it */
    public static Subject parse(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--subject: " + (id.isBlank() ? "empty" : "no user id")
                            + " (expected: 1 to 64 letters, digits, dots, colons, dashes or underscores)");
        }
        return new Subject(id);
    }

    public String id() {
        return id;
    }

    /** Whether the id is looked for in any text. */
    public boolean isWord() {
        return isWord;
    }

    /** A pattern that means the same to Java and to PostgreSQL. */
    String patternText() {
        return patternText;
    }

    public boolean isIn(byte[] text, int from, int length) {
        return mayBeIn(text, from, length) && isIn(new String(text, from, length, StandardCharsets.UTF_8));
    }

    public boolean isIn(byte[] text) {
        return isIn(text, 0, text.length);
    }

    public boolean isIn(String text) {
        return (text.contains(id) && pattern.matcher(text).find())
                || (text.contains("\\u") && pattern.matcher(unescaped(text)).find());
    }

    /** What stands in the place of the id; a number may stand where a number was. */
    String substitute() {
        return isWord ? "(erased)" : "0";
    }

    /** The text with a substitute in the place of the id. */
    String redacted(String text) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + substitute()));
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    /** The cheap look most lines end with: neither the id's bytes nor an escape. */
    private boolean mayBeIn(byte[] text, int from, int length) {
        int last = from + length - bytes.length;
        byte first = bytes[0];
        for (int at = from; at < from + length; at++) {
            byte value = text[at];
            if (value == first && at <= last && isAt(text, at)) {
                return true;
            }
            if (value == '\\' && at + 1 < from + length && text[at + 1] == 'u') {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] text, int at) {
        for (int index = 1; index < bytes.length; index++) {
            if (text[at + index] != bytes[index]) {
                return false;
            }
        }
        return true;
    }
}
