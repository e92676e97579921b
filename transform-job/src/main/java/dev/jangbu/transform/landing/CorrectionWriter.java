package dev.jangbu.transform.landing;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a file of corrections, in the order of their lines. Of one thread. */
public final class CorrectionWriter implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = RawLine.newDigest();
    private final OutputStream output;
    private long count;

    public CorrectionWriter(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
        this.output =
                new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 64 * 1024);
    }

    public void write(Correction correction) {
        try {
            output.write(Json.mapper().writeValueAsBytes(correction));
            output.write('\n');
            count++;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
    }

    public long count() {
        return count;
    }

    /** Makes the file durable; returns the hash of its bytes. */
    public String finish() {
        try {
            output.flush();
            channel.force(true);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
