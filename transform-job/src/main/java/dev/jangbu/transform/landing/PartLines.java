package dev.jangbu.transform.landing;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a part, or of a stretch of it, that are not blank, one after the other. A whole part is proven to be what the
 * manifest says when its end is reached. A line longer than a record may be is not held whole. Of one thread.
 */
public final class PartLines implements Closeable {
    private final LandingPart part;
    private final PartInput input;
    private final boolean isProven;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private long number;
    /** Bytes of the stretch that were not read yet. */
    private long left;

    /**
     * A line without its break.
     *
     * @param number counted from 1, blank ones too
     * @param bytes all of it; of a line longer than a record may be nothing
     * @param tooLong what is kept of such a line; null of any other
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Line(long number, byte[] bytes, @Nullable RawLine tooLong) {
        /** The bytes as they are kept with the reasons why the line was refused. */
        public RawLine raw() {
            return tooLong == null ? RawLine.of(bytes, 0, bytes.length) : tooLong;
        }
    }

    public PartLines(LandingPart part) {
        this(part, true, Long.MAX_VALUE);
    }

    private PartLines(LandingPart part, boolean isProven, long length) {
        this.part = part;
        this.isProven = isProven;
        this.left = length;
        try {
            this.input = new PartInput(part, isProven);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    /**
     * A stretch of a part that was proven before.
     *
     * @param from how many bytes of the part, unpacked and corrected, lie before it: a place where a line begins
     * @param length of the stretch, to where another line begins, or beyond the end
     * @param linesBefore how many lines lie before it, blank ones too
     */
    public static PartLines stretch(LandingPart part, long from, long length, long linesBefore) {
        PartLines lines = new PartLines(part, false, length);
        try {
            lines.number = linesBefore;
            lines.input.skipNBytes(from);
            return lines;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    /**
     * The next line; null when the part has ended.
     *
     * @throws JobFailure when it cannot be read, or ends and was not what the manifest says
     */
    public @Nullable Line next() {
        try {
            while (at < end || fill()) {
                Line line = read();
                if (line.tooLong() != null || !isBlank(line.bytes())) {
                    return line;
                }
            }
            if (isProven) {
                input.verify();
            }
            return null;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private Line read() throws IOException {
        number++;
        int whole = at < end ? stop() : end;
        if (whole < end) {
            byte[] line = Arrays.copyOfRange(buffer, at, whole);
            at = whole + 1;
            return new Line(number, line, null);
        }
        ByteArrayOutputStream held = new ByteArrayOutputStream(4096);
        boolean isEnd = false;
        while (!isEnd && held.size() <= Json.LINE_LIMIT && (at < end || fill())) {
            int stop = stop();
            isEnd = stop < end;
            held.write(buffer, at, stop - at);
            at = stop + (isEnd ? 1 : 0);
        }
        byte[] bytes = held.toByteArray();
        return bytes.length <= Json.LINE_LIMIT
                ? new Line(number, bytes, null)
                : new Line(number, new byte[0], tooLong(bytes, isEnd));
    }

    /** Goes on to the end of a line whose beginning is held. */
    private RawLine tooLong(byte[] beginning, boolean isWhole) throws IOException {
        MessageDigest digest = RawLine.newDigest();
        digest.update(beginning);
        long length = beginning.length;
        boolean isEnd = isWhole;
        while (!isEnd && (at < end || fill())) {
            int stop = stop();
            isEnd = stop < end;
            digest.update(buffer, at, stop - at);
            length += stop - at;
            at = stop + (isEnd ? 1 : 0);
        }
        byte[] head = Arrays.copyOf(beginning, RawLine.HEAD_LIMIT);
        return new RawLine(head, length, HexFormat.of().formatHex(digest.digest()));
    }

    /** The next line break in the buffer, or its end. */
    private int stop() {
        int stop = at;
        while (stop < end && buffer[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte character : bytes) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = left == 0 ? 0 : Math.max(input.read(buffer, 0, (int) Math.min(buffer.length, left)), 0);
        left -= end;
        return end > 0;
    }
}
