package dev.jangbu.transform.fast;

import dev.jangbu.transform.reject.RawLine;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Keys as tables keep them: ordinary ones as they are, others by their digest, so that memory follows their number. */
public final class BoundedKey {
    static final int LONGEST = 64;

    private BoundedKey() {}

    /** ASCII of at most 65 characters, equal exactly where the keys are equal. */
    public static String of(String key) {
        if (key.length() <= LONGEST && key.chars().allMatch(character -> character < 0x80)) {
            return key;
        }
        ByteBuffer bytes = ByteBuffer.allocate(2 * key.length());
        bytes.asCharBuffer().put(key);
        // With its mark one longer than any key that is kept as it is, so that the two kinds never meet.
        return "#" + HexFormat.of().formatHex(RawLine.newDigest().digest(bytes.array()));
    }

    /** A name that is told to people: a short one as it is, in whatever letters. */
    public static String ofName(String name) {
        return name.length() <= LONGEST ? name : of(name);
    }
}
