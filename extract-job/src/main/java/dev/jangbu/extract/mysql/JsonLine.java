package dev.jangbu.extract.mysql;

import dev.jangbu.kit.json.Utf8Signs;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;

/** One line of JSON put together as bytes, grown as needed and used again. Of one thread. */
final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** A character of a string takes six bytes at most: {@code \u001f}. */
    private static final int WIDEST = 6;

    /** Bytes of UTF-8 that are written in a string as they are, by their value. */
    private static final boolean[] AS_THEY_ARE = asTheyAre();

    private byte[] content = new byte[4_096];
    private int length;

    private static boolean[] asTheyAre() {
        boolean[] bytes = new boolean[256];
        Arrays.fill(bytes, ' ', bytes.length, true);
        bytes['"'] = false;
        bytes['\\'] = false;
        bytes[127] = false;
        return bytes;
    }

    /** The array behind, valid until the next change. */
    byte[] content() {
        return content;
    }

    int length() {
        return length;
    }

    JsonLine clear() {
        length = 0;
        return this;
    }

    /** As it is: names, signs, numbers; ASCII only. */
    JsonLine raw(String ascii) {
        reserve(ascii.length());
        for (int at = 0; at < ascii.length(); at++) {
            content[length++] = (byte) ascii.charAt(at);
        }
        return this;
    }

    /** As they are. */
    JsonLine raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, content, length, bytes.length);
        length += bytes.length;
        return this;
    }

    void none() {
        raw(NULL);
    }

    void number(long value) {
        if (value < 0) {
            raw(Long.toString(value));
            return;
        }
        int width = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            width++;
        }
        reserve(width);
        long rest = value;
        for (int at = length + width - 1; at >= length; at--) {
            content[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    /** {@code "2026-01-02T10:00:00.123456"}. */
    void time(LocalDateTime time) {
        reserve(28);
        content[length++] = '"';
        digits(time.getYear(), 4, '-');
        digits(time.getMonthValue(), 2, '-');
        digits(time.getDayOfMonth(), 2, 'T');
        digits(time.getHour(), 2, ':');
        digits(time.getMinute(), 2, ':');
        digits(time.getSecond(), 2, '.');
        digits(time.getNano() / 1_000, 6, '"');
    }

    private void digits(int value, int count, char behind) {
        int rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            content[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        content[length++] = (byte) behind;
    }

    /** Of UTF-8; what is none is replaced. */
    void text(byte[] text) {
        reserve(text.length * WIDEST + 2);
        int start = length;
        byte[] target = content;
        int to = start;
        target[to++] = '"';
        boolean isAscii = true;
        for (byte sign : text) {
            if (AS_THEY_ARE[sign & 0xff]) {
                target[to++] = sign;
                isAscii &= sign >= 0;
            } else {
                length = to;
                escape((char) sign);
                to = length;
            }
        }
        target[to++] = '"';
        length = to;
        if (!isAscii && !Utf8Signs.areAllIn(text)) {
            length = start;
            text(new String(text, StandardCharsets.UTF_8));
        }
    }

    void text(String text) {
        reserve(text.length() * WIDEST + 2);
        content[length++] = '"';
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign >= ' ' && sign < 127 && sign != '"' && sign != '\\') {
                content[length++] = (byte) sign;
            } else if (sign < 128) {
                escape(sign);
            } else if (Character.isHighSurrogate(sign)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                supplementary(Character.toCodePoint(sign, text.charAt(++at)));
            } else {
                wide(Character.isSurrogate(sign) ? '\uFFFD' : sign);
            }
        }
        content[length++] = '"';
    }

    private void escape(char sign) {
        content[length++] = '\\';
        if (sign == '"' || sign == '\\') {
            content[length++] = (byte) sign;
            return;
        }
        content[length++] = 'u';
        content[length++] = '0';
        content[length++] = '0';
        content[length++] = HEX[sign >> 4];
        content[length++] = HEX[sign & 15];
    }

    private void wide(char sign) {
        if (sign < 0x800) {
            content[length++] = (byte) (0xC0 | (sign >> 6));
        } else {
            content[length++] = (byte) (0xE0 | (sign >> 12));
            content[length++] = (byte) (0x80 | ((sign >> 6) & 0x3F));
        }
        content[length++] = (byte) (0x80 | (sign & 0x3F));
    }

    private void supplementary(int point) {
        content[length++] = (byte) (0xF0 | (point >> 18));
        content[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        content[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        content[length++] = (byte) (0x80 | (point & 0x3F));
    }

    private void reserve(int count) {
        if (length + count > content.length) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + count));
        }
    }
}
