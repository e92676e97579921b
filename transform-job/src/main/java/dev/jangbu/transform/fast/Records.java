package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records of one block, a column an array. An ordinary record is in the columns, another one is its checked line. */
final class Records {
    int count;
    /** Lines in the block, blank ones too. */
    int lines;

    int[] line = new int[4096];
    int[] from = new int[4096];
    int[] to = new int[4096];
    int[] rowEnd = new int[4096];
    long[] idHigh = new long[4096];
    long[] idLow = new long[4096];
    int[] sessionFrom = new int[4096];
    int[] sessionTo = new int[4096];
    long[] sessionHash = new long[4096];
    long[] instant = new long[4096];
    byte[] platform = new byte[4096];
    byte[] step = new byte[4096];
    boolean[] carriesOrder = new boolean[4096];

    @Nullable
    CheckedLine[] checked = new CheckedLine[4096];

    /** The clean rows one after the other, those of lines that have one. */
    byte[] rows = new byte[1 << 20];

    int rowsEnd;

    void clear() {
        Arrays.fill(checked, 0, count, null);
        count = 0;
        lines = 0;
        rowsEnd = 0;
    }

    /** The next record's index; its columns are the caller's to fill. */
    int next() {
        if (count == line.length) {
            grow();
        }
        return count++;
    }

    /** Makes room for a row of so many bytes. */
    void reserve(int bytes) {
        if (rows.length - rowsEnd < bytes + ByteWords.PADDING) {
            rows = Arrays.copyOf(rows, Math.max(rows.length * 2, rowsEnd + bytes + ByteWords.PADDING));
        }
    }

    /** Where the row of a record begins. */
    int rowStart(int record) {
        return record == 0 ? 0 : rowEnd[record - 1];
    }

    private void grow() {
        int size = line.length * 2;
        line = Arrays.copyOf(line, size);
        from = Arrays.copyOf(from, size);
        to = Arrays.copyOf(to, size);
        rowEnd = Arrays.copyOf(rowEnd, size);
        idHigh = Arrays.copyOf(idHigh, size);
        idLow = Arrays.copyOf(idLow, size);
        sessionFrom = Arrays.copyOf(sessionFrom, size);
        sessionTo = Arrays.copyOf(sessionTo, size);
        sessionHash = Arrays.copyOf(sessionHash, size);
        instant = Arrays.copyOf(instant, size);
        platform = Arrays.copyOf(platform, size);
        step = Arrays.copyOf(step, size);
        carriesOrder = Arrays.copyOf(carriesOrder, size);
        checked = Arrays.copyOf(checked, size);
    }
}
