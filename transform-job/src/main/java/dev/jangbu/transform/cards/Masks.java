package dev.jangbu.transform.cards;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import org.jspecify.annotations.Nullable;

/** Whether card numbers were masked where they came in; what was not is refused, and not shown. */
final class Masks {
    private static final int SHOWN = 10;
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private Masks() {}

    /** A card number of which at most the first six and the last four digits can be read. */
    static @Nullable String masked(RecordFields record, String name) {
        String number = record.text(name);
        if (number != null && digits(number) > SHOWN) {
            record.fail(RecordCheck.VALUE_RANGE, name, "(not shown)", "masked, with at most " + SHOWN + " digits");
            return null;
        }
        return number;
    }

    /** A text in which no card number can be read. */
    static @Nullable String withoutNumbers(RecordFields record, String name) {
        String text = record.text(name);
        if (text != null && holdsNumber(text)) {
            record.fail(RecordCheck.VALUE_RANGE, name, "(not shown)", "no card number in it");
            return null;
        }
        return text;
    }

    private static int digits(String text) {
        int digits = 0;
        for (int at = 0; at < text.length(); at++) {
            if (isDigit(text.charAt(at))) {
                digits++;
            }
        }
        return digits;
    }

    /** Thirteen to nineteen digits in a row whose check digit is right. */
    private static boolean holdsNumber(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfDigits(text, at);
            if (end - at >= SHORTEST && end - at <= LONGEST && isCheckRight(text, at, end)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isCheckRight(String text, int from, int to) {
        int sum = 0;
        for (int at = to - 1; at >= from; at--) {
            int digit = text.charAt(at) - '0';
            boolean isDoubled = (to - at) % 2 == 0;
            sum += isDoubled ? digit / 5 + 2 * digit % 10 : digit;
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
