package dev.jangbu.extract.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines put together as bytes: a million events a second leave no room for strings. Grows as needed. */
final class LineBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] content = new byte[1_024];
    private int length;

    int length() {
        return length;
    }

    /** The array behind, valid until the next change. */
    byte[] content() {
        return content;
    }

    LineBuffer add(Utf8 text) {
        reserve(text.length());
        text.copyTo(content, length);
        length += text.length();
        return this;
    }

    LineBuffer add(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, content, length, count);
        length += count;
        return this;
    }

    /** For what is not said a million times. */
    LineBuffer add(String text) {
        return add(Utf8.of(text));
    }

    LineBuffer number(long value) {
        long absolute = Math.abs(value);
        if (value < 0) {
            reserve(1);
            content[length++] = '-';
        }
        int digits = 1;
        for (long rest = absolute / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return padded(absolute, digits);
    }

    /** With leading zeros; the value is not negative and fits. */
    LineBuffer padded(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            content[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** A random (version 4) UUID of these bits. */
    LineBuffer uuid(long high, long low) {
        long first = (high & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long second = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        reserve(36);
        hex(first >>> 32, 8);
        content[length++] = '-';
        hex(first >>> 16, 4);
        content[length++] = '-';
        hex(first, 4);
        content[length++] = '-';
        hex(second >>> 48, 4);
        content[length++] = '-';
        hex(second, 12);
        return this;
    }

    /** {@code 09:05:59.123} from milliseconds of the day. */
    LineBuffer time(int millis) {
        reserve(12);
        padded(millis / 3_600_000, 2);
        content[length++] = ':';
        padded(millis / 60_000 % 60, 2);
        content[length++] = ':';
        padded(millis / 1_000 % 60, 2);
        content[length++] = '.';
        return padded(millis % 1_000, 3);
    }

    private void hex(long value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            content[length++] = HEX[(int) (value >>> shift) & 15];
        }
    }

    private void reserve(int count) {
        if (length + count > content.length) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + count));
        }
    }
}
