package dev.jangbu.transform.landing;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.reject.RawLine;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A line of a landing as it lies there.
 *
 * @param bytes without its break, and without a byte order mark before it
 * @param isWhole false where it is longer than a record may be, and this is its head
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LandingLine(byte[] bytes, boolean isWhole) {
    private static final int MARK = 3;

    /** A byte order mark may stand before the longest line that is a record, a break behind it. */
    static final int LONGEST = Json.LINE_LIMIT + MARK + 1;

    static LandingLine of(LineInput.Line line, boolean isFirst) {
        byte[] bytes = line.bytes();
        int from = isFirst && hasMark(bytes) ? MARK : 0;
        return new LandingLine(
                Arrays.copyOfRange(bytes, from, line.end()), line.isWhole() && line.end() - from <= Json.LINE_LIMIT);
    }

    /** Of the bytes. */
    public String sha256() {
        return HexFormat.of().formatHex(RawLine.newDigest().digest(bytes));
    }

    private static boolean hasMark(byte[] bytes) {
        return bytes.length >= MARK && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
