package dev.jangbu.load.clean;

import java.util.Arrays;

/** Bytes on their way to PostgreSQL, numbers the highest byte first. Of one thread. */
final class BinaryBytes {
    private byte[] content = new byte[1 << 17];
    private int length;

    /** The array itself, of which {@link #length} bytes count. */
    byte[] content() {
        return content;
    }

    int length() {
        return length;
    }

    /** Back to what it was when it had so many. */
    void cut(int bytes) {
        length = bytes;
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, content, length, to - from);
        length += to - from;
    }

    void addByte(int value) {
        reserve(1);
        content[length++] = (byte) value;
    }

    void addShort(int value) {
        reserve(2);
        content[length++] = (byte) (value >> 8);
        content[length++] = (byte) value;
    }

    void addInt(int value) {
        reserve(4);
        setInt(length, value);
        length += 4;
    }

    void addLong(long value) {
        addInt((int) (value >> 32));
        addInt((int) value);
    }

    /** In the place of one that is there. */
    void setInt(int at, int value) {
        content[at] = (byte) (value >> 24);
        content[at + 1] = (byte) (value >> 16);
        content[at + 2] = (byte) (value >> 8);
        content[at + 3] = (byte) value;
    }

    private void reserve(int more) {
        if (length + more > content.length) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + more));
        }
    }
}
