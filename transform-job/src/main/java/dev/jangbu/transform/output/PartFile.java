package dev.jangbu.transform.output;

import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file being written, its digest taken on the way and its bytes made durable as it grows. Of one thread. */
public final class PartFile {
    private static final int BUFFER = 64 * 1024;
    private static final long FORCE_EVERY = 32L << 20;

    private final Path file;
    private final BackgroundForce force;
    private final FileChannel channel;
    private final MessageDigest digest = RawLine.newDigest();
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long bytes;
    private long forced;

    public PartFile(Path file, BackgroundForce force) {
        this.file = file;
        this.force = force;
        try {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
    }

    public void append(byte[] data) {
        append(data, 0, data.length);
    }

    public void append(byte[] data, int from, int length) {
        digest.update(data, from, length);
        bytes += length;
        if (buffered + length > BUFFER) {
            flush();
        }
        if (length > BUFFER) {
            write(ByteBuffer.wrap(data, from, length));
            return;
        }
        System.arraycopy(data, from, buffer, buffered, length);
        buffered += length;
    }

    /** Ends the file; it is durable once the {@link BackgroundForce} has been awaited. */
    public WrittenFile finish() {
        flush();
        force.last(file, channel);
        return new WrittenFile(file, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private void flush() {
        write(ByteBuffer.wrap(buffer, 0, buffered));
        buffered = 0;
    }

    private void write(ByteBuffer data) {
        try {
            while (data.hasRemaining()) {
                channel.write(data);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
        if (bytes - forced >= FORCE_EVERY) {
            forced = bytes;
            force.soon(file, channel);
        }
    }
}
