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
 * The lines of a part that are not blank, one after the other; the part is proven to be what the manifest says when its end
 * is reached. A line longer than a record may be is not held whole. Of one thread.
 */
public final class PartLines implements Closeable {
    private final LandingPart part;
    private final PartInput input;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private long number;

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
        this.part = part;
        try {
            this.input = new PartInput(part, true);
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
            input.verify();
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
        end = Math.max(input.read(buffer, 0, buffer.length), 0);
        return end > 0;
    }
}
