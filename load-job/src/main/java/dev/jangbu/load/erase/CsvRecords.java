package dev.jangbu.load.erase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The records of a clean file; a quoted field may hold line breaks. */
final class CsvRecords {
    private static final int BUFFER_BYTES = 1 << 18;

    private CsvRecords() {}

    @FunctionalInterface
    interface Reading {
        /** @param record with its line break */
        void take(byte[] record) throws IOException;
    }

    /** The header comes first. */
    static void read(Path file, Reading reading) throws IOException {
        try (InputStream in = Lines.open(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            boolean isQuoted = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int from = 0;
                for (int at = 0; at < read; at++) {
                    isQuoted ^= buffer[at] == '"';
                    if (buffer[at] == '\n' && !isQuoted) {
                        record.write(buffer, from, at + 1 - from);
                        reading.take(record.toByteArray());
                        record.reset();
                        from = at + 1;
                    }
                }
                record.write(buffer, from, read - from);
            }
            if (record.size() > 0) {
                reading.take(record.toByteArray());
            }
        }
    }

    /** One of the first fields, which are never quoted. */
    static String field(byte[] record, int index) {
        int from = 0;
        for (int field = 0; field < index; field++) {
            while (from < record.length && record[from] != ',') {
                from++;
            }
            from++;
        }
        int end = Math.min(from, record.length);
        while (end < record.length && record[end] != ',' && record[end] != '\n') {
            end++;
        }
        return new String(
                record, Math.min(from, end), Math.max(0, end - from), java.nio.charset.StandardCharsets.UTF_8);
    }
}
