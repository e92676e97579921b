package dev.jangbu.spark.aggregate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Names of events as one text, such as {@code page_view > click}; used again for the next one. */
final class Sequence {
    private static final byte[] BETWEEN = " > ".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1 << 10];
    private int length;

    void begin() {
        length = 0;
    }

    void add(UTF8String name) {
        int more = name.numBytes() + (length == 0 ? 0 : BETWEEN.length);
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length + (bytes.length >> 1)));
        }
        if (length > 0) {
            System.arraycopy(BETWEEN, 0, bytes, length, BETWEEN.length);
            length += BETWEEN.length;
        }
        name.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + length);
        length += name.numBytes();
    }

    UTF8String text() {
        return UTF8String.fromBytes(Arrays.copyOf(bytes, length));
    }
}
