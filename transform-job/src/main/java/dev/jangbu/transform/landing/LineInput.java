package dev.jangbu.transform.landing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes that know the number of the line they belong to. Of one thread. */
final class LineInput {
    private final InputStream input;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private long line = 1;

    /**
     * A line, or its head where it is too long to be held.
     *
     * @param bytes with the line break, where there is one; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Line(byte[] bytes, boolean hasBreak, boolean isWhole) {
        /** Without the break. */
        int end() {
            return hasBreak ? bytes.length - 1 : bytes.length;
        }
    }

    LineInput(InputStream input) {
        this.input = input;
    }

    /** The number of the line the next byte belongs to, counted from 1. */
    long line() {
        return line;
    }

    /** Hands out at least one byte that lies before a line; -1 at the end. Not to be called at the start of that line. */
    int pass(byte[] target, int from, int length, long before) throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        int stop = count(Math.min(end, at + length), before);
        int passed = stop - at;
        System.arraycopy(buffer, at, target, from, passed);
        at = stop;
        return passed;
    }

    /** Goes on to the start of a line; false when the input ends before it. */
    boolean skipTo(long wanted) throws IOException {
        while (line < wanted) {
            if (at == end && !fill()) {
                return false;
            }
            at = count(end, wanted);
        }
        return at < end || fill();
    }

    /** Reads the line that begins here, at least one byte of it unless the input has ended, and hardly more than a limit. */
    Line readLine(int limit) throws IOException {
        byte[] bytes = new byte[1024];
        int length = 0;
        boolean hasBreak = false;
        while (!hasBreak && length <= limit && (at < end || fill())) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            hasBreak = stop < end;
            int taken = stop - at + (hasBreak ? 1 : 0);
            if (length + taken > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + taken));
            }
            System.arraycopy(buffer, at, bytes, length, taken);
            length += taken;
            at += taken;
        }
        line += hasBreak ? 1 : 0;
        return new Line(Arrays.copyOf(bytes, length), hasBreak, hasBreak || length <= limit);
    }

    /** Counts lines from here up to a place, or to the start of a line; returns where it stopped. */
    private int count(int last, long before) {
        if (before == Long.MAX_VALUE) {
            return last;
        }
        int stop = at;
        while (stop < last && line < before) {
            if (buffer[stop++] == '\n') {
                line++;
            }
        }
        return stop;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(input.read(buffer, 0, buffer.length), 0);
        return end > 0;
    }
}
