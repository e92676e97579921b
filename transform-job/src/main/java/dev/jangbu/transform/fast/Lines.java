package dev.jangbu.transform.fast;

/** Finds lines in a block. */
final class Lines {
    private Lines() {}

    /** The index of the next line break; there is one at or before the content's end. */
    static int end(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long breaks = ByteWords.breaks(ByteWords.at(bytes, at));
            if (breaks != 0) {
                return at + ByteWords.first(breaks);
            }
            at += Long.BYTES;
        }
    }

    /** Whether there is nothing but JSON's white space. */
    static boolean isBlank(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r') {
                return false;
            }
        }
        return true;
    }
}
