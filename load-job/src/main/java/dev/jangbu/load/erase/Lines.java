package dev.jangbu.load.erase;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** The lines of a file, however long: memory does not grow with the file or with a line. */
final class Lines {
    /** Lines up to this are looked at whole; longer ones in pieces that overlap by more than an id and its field. */
    private static final int PIECE_BYTES = 1 << 22;

    private static final int OVERLAP_BYTES = 1 << 12;
    private static final int BUFFER_BYTES = 1 << 18;

    private Lines() {}

    /** A line, or a piece of one. */
    @FunctionalInterface
    interface Reading {
        /** @param line counted from 1 */
        void take(long line, byte[] bytes, int from, int length) throws IOException;
    }

    static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
    }

    static void read(Path file, Reading reading) throws IOException {
        try (InputStream in = open(file)) {
            read(in, reading);
        }
    }

    private static void read(InputStream in, Reading reading) throws IOException {
        byte[] buffer = new byte[PIECE_BYTES];
        int kept = 0;
        long line = 1;
        for (int read = in.read(buffer, 0, PIECE_BYTES); read >= 0; read = in.read(buffer, kept, PIECE_BYTES - kept)) {
            int end = kept + read;
            int start = 0;
            for (int at = kept; at < end; at++) {
                if (buffer[at] == '\n') {
                    reading.take(line++, buffer, start, at - start);
                    start = at + 1;
                }
            }
            if (start == 0 && end == PIECE_BYTES) {
                reading.take(line, buffer, 0, end);
                start = end - OVERLAP_BYTES;
            }
            kept = end - start;
            System.arraycopy(buffer, start, buffer, 0, kept);
        }
        if (kept > 0) {
            reading.take(line, buffer, 0, kept);
        }
    }

    /** Copies the file with an empty line in the place of each of these: what is told by line number stays told. */
    static void copyBlanked(Path file, Set<Long> blanked, OutputStream out) throws IOException {
        try (InputStream in = open(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long line = 1;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int from = 0;
                for (int at = 0; at < read; at++) {
                    if (buffer[at] == '\n') {
                        boolean isBlanked = blanked.contains(line);
                        out.write(buffer, isBlanked ? at : from, isBlanked ? 1 : at + 1 - from);
                        from = at + 1;
                        line++;
                    }
                }
                if (!blanked.contains(line)) {
                    out.write(buffer, from, read - from);
                }
            }
        }
    }
}
