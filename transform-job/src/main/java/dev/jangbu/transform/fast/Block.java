package dev.jangbu.transform.fast;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.reject.RawLine;
import org.jspecify.annotations.Nullable;

/** Some whole lines of one part of the landing, and what a worker found in them. Used again and again. */
final class Block {
    /** More than the longest line that is a record. */
    static final int CAPACITY = Json.LINE_LIMIT + 64 * 1024;

    final byte[] data = new byte[CAPACITY + 1 + ByteWords.PADDING];
    final Records records = new Records();

    /** The content: whole lines, each with its break. */
    int length;

    /** The place of the part in the landing. */
    int part;

    /** Whether the part ends with this block. */
    boolean isLast;

    /** With the part's last block: its lines that were corrected, and its corrections that did not fit. */
    long corrected;

    long stale;

    /** A line too long to be held, the only one of its block. */
    @Nullable
    RawLine tooLong;

    /** A record's line as it came; of one too long its head. */
    RawLine raw(int record) {
        if (tooLong != null) {
            return tooLong;
        }
        int from = records.from[record];
        return RawLine.of(data, from, records.to[record] - from);
    }

    void clear(int ofPart) {
        part = ofPart;
        length = 0;
        isLast = false;
        corrected = 0;
        stale = 0;
        tooLong = null;
        records.clear();
    }
}
