package dev.jangbu.mart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text from data made harmless for people's eyes: nothing in it moves a cursor, forges a line or turns the reading
 * direction, and it can be fitted to columns.
 */
public final class PlainText {
    private static final String MASK = "***";

    /** Resident registration numbers, card numbers, mobile numbers, e-mail addresses. */
    private static final List<Pattern> PERSONAL = List.of(
            Pattern.compile("(?<![\\w-])\\d{6}-?[1-8]\\d{6}(?![\\w-])"),
            Pattern.compile("(?<![\\w-])\\d{4}[- ]?\\d{4}[- ]?\\d{4}[- ]?\\d{4}(?![\\w-])"),
            Pattern.compile("(?<![\\w-])(?:\\+82[- ]?|0)1[016789][- ]?\\d{3,4}[- ]?\\d{4}(?![\\w-])"),
            Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+"));

    private PlainText() {}

    /** One line: control, format, bidi and unpaired surrogate characters are shown as {@code \}{@code u001b}. */
    public static String visible(String raw) {
        if (raw.codePoints().allMatch(PlainText::isHarmless)) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(character -> {
            if (isHarmless(character)) {
                text.appendCodePoint(character);
            } else {
                text.append(String.format("\\u%04x", character));
            }
        });
        return text.toString();
    }

    /** The same text with personal data of a known shape struck out. */
    public static String masked(String raw) {
        String text = raw;
        for (Pattern personal : PERSONAL) {
            text = personal.matcher(text).replaceAll(MASK);
        }
        return text;
    }

    /** At most so many columns, the last of them an ellipsis where text was cut. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int width = 0;
        for (int character : text.codePoints().toArray()) {
            width += width(character);
            if (width > columns - 1) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept.append('…').toString();
    }

    /** The whole text in lines of at most so many columns, 2 or more, broken at blanks where there are any. */
    public static List<String> wrapped(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line) + 1 + width(word) <= columns) {
                line = line + " " + word;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (width(line) > columns) {
                String head = head(line, columns);
                lines.add(head);
                line = line.substring(head.length());
            }
        }
        lines.add(line);
        return List.copyOf(lines);
    }

    /** As much of the text as fits. */
    private static String head(String text, int columns) {
        StringBuilder head = new StringBuilder();
        int width = 0;
        for (int character : text.codePoints().toArray()) {
            width += width(character);
            if (width > columns) {
                break;
            }
            head.appendCodePoint(character);
        }
        return head.toString();
    }

    /** Cut and filled with blanks to exactly so many columns. */
    public static String left(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** As {@link #left}, blanks first. */
    public static String right(String text, int columns) {
        String cut = cut(text, columns);
        return " ".repeat(columns - width(cut)) + cut;
    }

    /** Columns on a terminal: two for Hangul and its kind, none for marks that combine. */
    public static int width(String text) {
        return text.codePoints().map(PlainText::width).sum();
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || isInnerJamo(character)) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isInnerJamo(int character) {
        return isBetween(character, 0x1160, 0x11FF);
    }

    private static boolean isWide(int character) {
        return isBetween(character, 0x1100, 0x115F)
                || isBetween(character, 0x2E80, 0xA4CF)
                || isBetween(character, 0xAC00, 0xD7A3)
                || isBetween(character, 0xF900, 0xFAFF)
                || isBetween(character, 0xFE30, 0xFE6F)
                || isBetween(character, 0xFF00, 0xFF60)
                || isBetween(character, 0xFFE0, 0xFFE6)
                || isBetween(character, 0x1F300, 0x1FAFF)
                || isBetween(character, 0x20000, 0x3FFFD);
    }

    private static boolean isBetween(int character, int first, int last) {
        return character >= first && character <= last;
    }

    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
