package dev.jangbu.transform.reject;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of a line as they are kept with its reasons: the head, and what the whole was.
 *
 * @param head the first bytes, at most {@link #HEAD_LIMIT}
 * @param bytes how long the whole is
 * @param sha256 of the whole; empty where the head is the whole
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
public record RawLine(byte[] head, long bytes, String sha256) {
    /** How much of a line is kept. */
    public static final int HEAD_LIMIT = 64 * 1024;

    /** A line that is held whole. */
    public static RawLine of(byte[] data, int from, int length) {
        if (length <= HEAD_LIMIT) {
            return new RawLine(Arrays.copyOfRange(data, from, from + length), length, "");
        }
        MessageDigest digest = newDigest();
        digest.update(data, from, length);
        return new RawLine(
                Arrays.copyOfRange(data, from, from + HEAD_LIMIT),
                length,
                HexFormat.of().formatHex(digest.digest()));
    }

    public boolean isCut() {
        return bytes > head.length;
    }

    /** SHA-256. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException notInThisJava) {
            throw new IllegalStateException(notInThisJava);
        }
    }
}
