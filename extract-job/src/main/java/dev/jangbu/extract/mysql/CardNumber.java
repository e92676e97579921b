package dev.jangbu.extract.mysql;

import java.nio.charset.StandardCharsets;

/**
 * A card's number as it may be kept: the first six and the last four digits at most. A number comes masked by the source;
 * one that does not, or shows more, is masked here.
 *
 * @param shown with the separators it came with, such as {@code 5310-12**-****-3456}
 * @param stable digits and stars only: what the same card always has
 */
public record CardNumber(String shown, String stable) {
    private static final int FIRST = 6;
    private static final int LAST = 4;
    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    public static CardNumber of(String stored) {
        int signs = 0;
        for (int at = 0; at < stored.length(); at++) {
            signs += isSign(stored.charAt(at)) ? 1 : 0;
        }
        StringBuilder shown = new StringBuilder(stored);
        StringBuilder stable = new StringBuilder(signs);
        for (int at = 0; at < stored.length(); at++) {
            if (isSign(stored.charAt(at))) {
                if (stable.length() >= FIRST && stable.length() < signs - LAST) {
                    shown.setCharAt(at, '*');
                }
                stable.append(shown.charAt(at));
            }
        }
        return new CardNumber(shown.toString(), stable.toString());
    }

    /**
     * Free text without full card numbers: 13 to 19 digits with the check digit of Luhn, also with single blanks or hyphens
     * between, are masked.
     */
    public static String hidden(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] hidden = hidden(bytes);
        return hidden == bytes ? text : new String(hidden, StandardCharsets.UTF_8);
    }

    /** The same of UTF-8. */
    public static byte[] hidden(byte[] text) {
        int digits = 0;
        for (byte sign : text) {
            if (isDigit((char) sign)) {
                digits++;
            } else if (!isSeparator((char) sign)) {
                digits = 0;
            }
            if (digits == SHORTEST) {
                return hiddenAll(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static String hiddenAll(String text) {
        StringBuilder hidden = new StringBuilder(text);
        int at = 0;
        while (at < text.length()) {
            boolean isStart = isDigit(text.charAt(at)) && (at == 0 || !isDigit(text.charAt(at - 1)));
            int end = isStart ? endOfNumber(text, at) : at;
            if (end > at) {
                hidden.replace(at, end, of(text.substring(at, end)).shown());
            }
            at = end > at ? end : at + 1;
        }
        return hidden.toString();
    }

    /** Behind the longest number that begins here and ends with a group of digits; the start itself where there is none. */
    private static int endOfNumber(String text, int start) {
        int found = start;
        int digits = 0;
        for (int at = start; at < text.length() && digits <= LONGEST; at++) {
            if (isDigit(text.charAt(at))) {
                digits++;
            } else if (!isSeparator(text.charAt(at)) || !isDigit(text.charAt(at - 1))) {
                break;
            }
            boolean isEnd = isDigit(text.charAt(at)) && (at + 1 == text.length() || !isDigit(text.charAt(at + 1)));
            if (isEnd && digits >= SHORTEST && digits <= LONGEST && isLuhn(text, start, at + 1)) {
                found = at + 1;
            }
        }
        return found;
    }

    private static boolean isLuhn(String text, int from, int to) {
        int sum = 0;
        boolean isDoubled = false;
        for (int at = to - 1; at >= from; at--) {
            if (isDigit(text.charAt(at))) {
                int digit = text.charAt(at) - '0';
                int value = isDoubled ? digit * 2 : digit;
                sum += value > 9 ? value - 9 : value;
                isDoubled = !isDoubled;
            }
        }
        return sum % 10 == 0;
    }

    private static boolean isSign(char sign) {
        return isDigit(sign) || sign == '*';
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean isSeparator(char sign) {
        return sign == ' ' || sign == '-';
    }
}
