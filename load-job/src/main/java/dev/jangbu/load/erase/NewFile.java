package dev.jangbu.load.erase;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file that is hashed as it is written and on the disk when it is finished; packed where its name says so. */
final class NewFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest;
    private final OutputStream out;

    NewFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.digest = sha256();
        OutputStream hashed = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        this.out = new BufferedOutputStream(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(hashed, BUFFER_BYTES) : hashed, BUFFER_BYTES);
    }

    OutputStream out() {
        return out;
    }

    Remainder finish(long before, long removed) throws IOException {
        out.close();
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return new Remainder(before, removed, Files.size(file), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
