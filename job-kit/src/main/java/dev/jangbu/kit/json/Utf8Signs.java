package dev.jangbu.kit.json;

/** Signs of more than one byte, as UTF-8 allows them: the shortest form, no half of a surrogate pair, nothing beyond U+10FFFF. */
public final class Utf8Signs {
    private Utf8Signs() {}

    /** Whether a text has no other signs. */
    public static boolean areAllIn(byte[] text) {
        int at = 0;
        while (at >= 0 && at < text.length) {
            at = text[at] >= 0 ? at + 1 : after(text, at);
        }
        return at >= 0;
    }

    /** Where the sign that begins at an index ends; negative where it is none. */
    public static int after(byte[] text, int start) {
        int lead = text[start] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return follow(text, start, 1, 0x80, 0xbf);
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return follow(text, start, 2, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            return follow(text, start, 3, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
        }
        return -1;
    }

    private static int follow(byte[] text, int start, int count, int least, int most) {
        if (start + count >= text.length) {
            return -1;
        }
        int second = text[start + 1] & 0xff;
        if (second < least || second > most) {
            return -1;
        }
        for (int at = start + 2; at <= start + count; at++) {
            if ((text[at] & 0xc0) != 0x80) {
                return -1;
            }
        }
        return start + count + 1;
    }
}
