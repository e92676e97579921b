package dev.jangbu.extract.landing;

import dev.jangbu.kit.erased.ErasedSubjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines without those that name somebody who was erased. A line longer than {@value #LONGEST} bytes is no record and is
 * looked at in pieces, of which only those that name somebody are left out. Does not close what it reads. Of one thread.
 */
final class WithoutErased extends InputStream {
    private static final int LONGEST = 4 << 20;

    private final InputStream lines;
    private final ErasedSubjects erased;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int lineEnd;
    private int end;
    private boolean isAtEnd;
    private boolean isInLine;
    private boolean isDropping;
    private long left;

    WithoutErased(InputStream lines, ErasedSubjects erased) {
        this.lines = lines;
        this.erased = erased;
    }

    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        while (start == lineEnd) {
            if (!nextPiece()) {
                return -1;
            }
        }
        int copied = Math.min(length, lineEnd - start);
        System.arraycopy(buffer, start, target, from, copied);
        start += copied;
        return copied;
    }

    /** Goes on to the next line that may pass, or the next piece of a long one; false at the end. */
    private boolean nextPiece() throws IOException {
        int stop = endOfLine();
        if (stop == start) {
            return false;
        }
        boolean hasBreak = buffer[stop - 1] == '\n';
        boolean names = erased.areIn(buffer, start, stop - start);
        if (names && !isInLine) {
            left++;
        }
        isDropping = names || (isInLine && isDropping);
        isInLine = !hasBreak;
        lineEnd = stop;
        if (isDropping) {
            start = stop;
        }
        return true;
    }

    private int endOfLine() throws IOException {
        int at = start;
        while (true) {
            while (at < end) {
                if (buffer[at++] == '\n') {
                    return at;
                }
            }
            if (isAtEnd || end - start >= LONGEST) {
                return end;
            }
            at -= start;
            fill();
            at += start;
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        lineEnd = 0;
        start = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = lines.read(buffer, end, buffer.length - end);
        isAtEnd = read < 0;
        end += Math.max(read, 0);
    }
}
