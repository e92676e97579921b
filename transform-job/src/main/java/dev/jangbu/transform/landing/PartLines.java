package dev.jangbu.transform.landing;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.security.MessageDigest;
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
     * @param bytes all of it; null where it is longer than a record may be
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Line(long number, byte @Nullable [] bytes, RawLine raw) {}

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
                if (line.bytes() == null || !isBlank(line.bytes())) {
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
        ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
        MessageDigest digest = RawLine.newDigest();
        long length = 0;
        boolean isEnd = false;
        while (!isEnd && (at < end || fill())) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            isEnd = stop < end;
            digest.update(buffer, at, stop - at);
            length += stop - at;
            int room = Json.LINE_LIMIT + 1 - held.size();
            held.write(buffer, at, Math.min(stop - at, room));
            at = stop + (isEnd ? 1 : 0);
        }
        byte[] bytes = held.toByteArray();
        RawLine head = RawLine.of(bytes, 0, bytes.length);
        return length <= Json.LINE_LIMIT
                ? new Line(number, bytes, head)
                : new Line(
                        number,
                        null,
                        new RawLine(head.head(), length, HexFormat.of().formatHex(digest.digest())));
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
