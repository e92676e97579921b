package dev.jangbu.extract.landing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A new file that is hashed and measured as it is written. Unbuffered: give it large pieces. */
final class HashedFile extends OutputStream {
    private final FileChannel channel;
    private final MessageDigest digest;
    private long bytes;

    /** An old file of the name is what a killed try left, and is overwritten. */
    HashedFile(Path file) throws IOException {
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.digest = sha256();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        digest.update(source, from, length);
        ByteBuffer rest = ByteBuffer.wrap(source, from, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        bytes += length;
    }

    /** So far, as on disk. */
    long bytes() {
        return bytes;
    }

    /** Of all that was written; call once. */
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns when the content is on the disk. */
    void sync() throws IOException {
        channel.force(true);
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
