package dev.jangbu.load.clean;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Clean CSV as PostgreSQL's binary COPY: the server is spared the search for commas and quotes and the reading of times and
 * numbers, which is most of what a COPY takes it. What is unusual in the CSV, or not right, is refused and left to the
 * server. Of one thread.
 */
final class BinaryRows {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int END = -1;

    private final BinaryColumn[] columns;
    private final byte[] header;
    private final BinaryBytes rows = new BinaryBytes();
    private boolean isBegun;
    private byte[] csv = new byte[0];
    private int at;
    private int end;

    /** @param header of the file, without its line break */
    BinaryRows(List<BinaryColumn> columns, String header) {
        this.columns = columns.toArray(BinaryColumn[]::new);
        this.header = (header + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is to be sent; taken away by {@link #sent}. */
    BinaryBytes rows() {
        return rows;
    }

    void sent() {
        rows.cut(0);
    }

    /**
     * Turns the whole records among these bytes into rows.
     *
     * @return behind the last of them
     * @throws UnusualCsv when there is something else in them
     */
    int read(byte[] bytes, int from, int to) {
        csv = bytes;
        at = from;
        end = to;
        if (!isBegun && !readHeader()) {
            return from;
        }
        int whole = at;
        while (readRecord()) {
            whole = at;
        }
        return whole;
    }

    /** After the last record. @throws UnusualCsv when there was not even a header */
    void finish() {
        require(isBegun);
        rows.addShort(END);
    }

    private boolean readHeader() {
        if (end - at < header.length) {
            return false;
        }
        for (byte sign : header) {
            require(csv[at++] == sign);
        }
        rows.add(SIGNATURE, 0, SIGNATURE.length);
        // No flags, nothing else before the first row.
        rows.addInt(0);
        rows.addInt(0);
        isBegun = true;
        return true;
    }

    /** Whether there is a whole one; of a part of one nothing stays. */
    private boolean readRecord() {
        int before = rows.length();
        rows.addShort(columns.length);
        for (int column = 0; column < columns.length; column++) {
            boolean isLast = column == columns.length - 1;
            boolean isWhole =
                    at < end && (csv[at] == '"' ? readQuoted(columns[column]) : readPlain(columns[column], isLast));
            if (!isWhole || at == end) {
                rows.cut(before);
                return false;
            }
            require(csv[at++] == (isLast ? '\n' : ','));
        }
        return true;
    }

    /** Up to the sign behind it. */
    private boolean readPlain(BinaryColumn column, boolean isLast) {
        int start = at;
        byte behind = (byte) (isLast ? '\n' : ',');
        while (at < end && csv[at] != behind) {
            require(csv[at] != '"' && csv[at] != '\r' && csv[at] != '\n');
            at++;
        }
        if (at == end) {
            return false;
        }
        if (at == start) {
            rows.addInt(NULL);
        } else {
            column.add(rows, csv, start, at);
        }
        return true;
    }

    private boolean readQuoted(BinaryColumn column) {
        require(column == BinaryColumn.TEXT);
        int lengthAt = rows.length();
        rows.addInt(0);
        do {
            int start = ++at;
            while (at < end && csv[at] != '"') {
                at++;
            }
            if (at + 1 >= end) {
                return false;
            }
            at++;
            // Of two quotes that follow each other the first is one, and the value goes on behind the second.
            rows.add(csv, start, csv[at] == '"' ? at : at - 1);
        } while (csv[at] == '"');
        rows.setInt(lengthAt, rows.length() - lengthAt - Integer.BYTES);
        return true;
    }

    private static void require(boolean isUsual) {
        if (!isUsual) {
            throw new UnusualCsv("a record");
        }
    }
}
