package dev.jangbu.transform.fast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered of a block until the day has been read: which of its records may be flagged, and where they stand. */
final class BlockMarks {
    /** At most: where it stands among bytes and lines, and its mark. */
    static final int BYTES_PER_RECORD = 3 * Integer.BYTES;

    private final int[] marks;
    private final int[] from;
    /** Null where there is no blank line before a record: the usual case. */
    private final int @Nullable [] lines;

    private final long linesBefore;

    /** @param marks a {@link Mark} for each record */
    BlockMarks(Records records, int[] marks, long linesBefore) {
        this.marks = marks;
        this.from = Arrays.copyOf(records.from, records.count);
        boolean hasBlank = records.count > 0 && records.line[records.count - 1] != records.count - 1;
        this.lines = hasBlank ? Arrays.copyOf(records.line, records.count) : null;
        this.linesBefore = linesBefore;
    }

    int count() {
        return marks.length;
    }

    int mark(int record) {
        return marks[record];
    }

    /** Where the record begins in its block. */
    int from(int record) {
        return from[record];
    }

    /** The record's line in its part, counted from 1. */
    long line(int record) {
        return linesBefore + (lines == null ? record : lines[record]) + 1;
    }
}
