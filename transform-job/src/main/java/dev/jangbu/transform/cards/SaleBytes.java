package dev.jangbu.transform.cards;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a row being written. Of one thread. */
final class SaleBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] content = new byte[2048];
    private int length;

    void clear() {
        length = 0;
    }

    void add(int value) {
        reserve(1);
        content[length++] = (byte) value;
    }

    void add(byte[] source) {
        add(source, 0, source.length);
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, content, length, to - from);
        length += to - from;
    }

    void addTwo(int number) {
        reserve(2);
        content[length++] = (byte) ('0' + number / 10);
        content[length++] = (byte) ('0' + number % 10);
    }

    /** Two hexadecimal digits a byte. */
    void addHex(byte[] bytes) {
        reserve(bytes.length * 2);
        for (byte value : bytes) {
            content[length++] = HEX[(value >> 4) & 15];
            content[length++] = HEX[value & 15];
        }
    }

    /** Takes the last bytes away. */
    void cut(int bytes) {
        length -= bytes;
    }

    /** The array itself, of which {@link #length} bytes count. */
    byte[] content() {
        return content;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(content, length);
    }

    private void reserve(int more) {
        if (length + more > content.length) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + more));
        }
    }
}
