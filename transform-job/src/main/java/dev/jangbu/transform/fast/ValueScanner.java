package dev.jangbu.transform.fast;

/** Scans single JSON values as bytes. What it does not take is not wrong, only not ordinary. Of one thread. */
final class ValueScanner {
    /** Not an ordinary value of the kind. */
    static final int NONE = -1;

    private static final int UUID_LENGTH = 36;
    private static final byte[] HEX = hexDigits();

    /** What the last UUID was. */
    long high;

    long low;
    /** What the last number was; money in hundredths. */
    long number;
    /** How many code points the last text had. */
    int characters;
    /** Whether the last text holds a comma. */
    boolean hasComma;

    /** Scans a UUID up to its closing quote; returns the quote's index. */
    int uuid(byte[] bytes, int from) {
        int bad = 0;
        long upper = 0;
        long lower = 0;
        for (int at = 0; at < 18; at++) {
            int digit = HEX[bytes[from + at] & 0xff];
            if (at == 8 || at == 13) {
                bad |= bytes[from + at] ^ '-';
            } else {
                bad |= digit & 0x80;
                upper = upper << 4 | digit;
            }
        }
        for (int at = 18; at < UUID_LENGTH; at++) {
            int digit = HEX[bytes[from + at] & 0xff];
            if (at == 18 || at == 23) {
                bad |= bytes[from + at] ^ '-';
            } else {
                bad |= digit & 0x80;
                lower = lower << 4 | digit;
            }
        }
        high = upper;
        low = lower;
        return bad == 0 && bytes[from + UUID_LENGTH] == '"' ? from + UUID_LENGTH : NONE;
    }

    /** Scans an id up to its closing quote; returns the quote's index. */
    int id(byte[] bytes, int from) {
        int at = from;
        long others = ByteWords.notId(ByteWords.at(bytes, at));
        while (others == 0) {
            at += Long.BYTES;
            others = ByteWords.notId(ByteWords.at(bytes, at));
        }
        at += ByteWords.first(others);
        return bytes[at] == '"' && at > from && at - from <= 64 ? at : NONE;
    }

    /** Scans text without escapes up to its closing quote; returns the quote's index. */
    int text(byte[] bytes, int from) {
        long commas = 0;
        int at = from;
        while (true) {
            long word = ByteWords.at(bytes, at);
            long stops = ByteWords.stops(word);
            if (stops != 0) {
                int length = ByteWords.first(stops);
                commas |= ByteWords.commas(ByteWords.head(word, length));
                at += length;
                break;
            }
            commas |= ByteWords.commas(word);
            at += Long.BYTES;
        }
        hasComma = commas != 0;
        characters = at - from;
        if (bytes[at] == '"') {
            return at;
        }
        return bytes[at] < 0 ? wideText(bytes, at) : NONE;
    }

    /** The rest of a text from its first character that is not ASCII. */
    private int wideText(byte[] bytes, int from) {
        int count = characters;
        int at = from;
        while (bytes[at] != '"') {
            int length = characterLength(bytes, at);
            if (length == NONE) {
                return NONE;
            }
            hasComma |= bytes[at] == ',';
            at += length;
            count++;
        }
        characters = count;
        return at;
    }

    /** The bytes of a well-formed character of up to three bytes, backslash and control characters excepted. */
    private static int characterLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return lead >= ' ' && lead != '\\' ? 1 : NONE;
        }
        if (lead >= 0xc2 && lead <= 0xdf) {
            return isTail(bytes[at + 1]) ? 2 : NONE;
        }
        boolean isThree = (lead >= 0xe1 && lead <= 0xec) || lead == 0xee || lead == 0xef;
        boolean isLastHangul = lead == 0xed && (bytes[at + 1] & 0xe0) == 0x80;
        if (isThree || isLastHangul) {
            return isTail(bytes[at + 1]) && isTail(bytes[at + 2]) ? 3 : NONE;
        }
        return NONE;
    }

    private static boolean isTail(byte character) {
        return (character & 0xc0) == 0x80;
    }

    /** Scans a whole number of up to nine digits; returns the index behind it. */
    int integer(byte[] bytes, int from) {
        int at = from;
        long value = 0;
        while (isDigit(bytes[at]) && at - from < 10) {
            value = value * 10 + (bytes[at] - '0');
            at++;
        }
        number = value;
        int digits = at - from;
        return digits == 0 || digits == 10 || (digits > 1 && bytes[from] == '0') ? NONE : at;
    }

    /** Scans an amount of up to nine digits and two decimals; returns the index behind it. */
    int amount(byte[] bytes, int from) {
        int at = integer(bytes, from);
        if (at == NONE) {
            return NONE;
        }
        number *= 100;
        if (bytes[at] != '.') {
            return at;
        }
        if (!isDigit(bytes[at + 1])) {
            return NONE;
        }
        number += 10L * (bytes[at + 1] - '0');
        if (!isDigit(bytes[at + 2])) {
            return at + 2;
        }
        number += bytes[at + 2] - '0';
        return at + 3;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static byte[] hexDigits() {
        byte[] digits = new byte[256];
        for (int character = 0; character < 256; character++) {
            digits[character] = (byte) Character.digit(character < 0x80 ? character : '-', 16);
        }
        return digits;
    }
}
