package dev.jangbu.transform.fast;

/** A hash of a short run of bytes, well mixed; the array must have padding behind it. */
final class KeyHash {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private KeyHash() {}

    static long of(byte[] bytes, int from, int length) {
        long hash = length;
        for (int done = 0; done < length; done += Long.BYTES) {
            long word = ByteWords.head(ByteWords.at(bytes, from + done), length - done);
            hash = (Long.rotateLeft(hash, 29) ^ word) * MULTIPLIER;
        }
        return mix(hash);
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
