package dev.jangbu.transform.landing;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one part of the landing, unpacked where it is packed, with its corrections laid over. The digest is that of
 * the bytes on disk.
 */
public final class PartInput extends InputStream {
    private static final int GZIP_BUFFER = 64 * 1024;

    private final LandingPart part;
    private final boolean isDigested;
    private final FileChannel channel;
    private final MessageDigest digest = RawLine.newDigest();
    private final InputStream input;
    private final @Nullable CorrectedInput overlay;

    /** @param isDigested whether {@link #verify} will be asked for */
    public PartInput(LandingPart part, boolean isDigested) throws IOException {
        this.part = part;
        this.isDigested = isDigested;
        this.channel = FileChannel.open(part.file(), StandardOpenOption.READ);
        InputStream raw = new RawInput();
        InputStream plain = part.isGzip() ? unpacked(raw) : raw;
        this.overlay = part.corrections().isEmpty() ? null : corrected(plain);
        this.input = overlay == null ? plain : overlay;
    }

    /** Lines that were corrected; of the whole part once it has been read. */
    public long corrected() {
        return overlay == null ? 0 : overlay.corrected();
    }

    /** Corrections whose line is another now; of the whole part once it has been read. */
    public long stale() {
        return overlay == null ? 0 : overlay.stale();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Reads at least one byte, or returns -1 at the end. */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            return input.read(target, from, length);
        } catch (EOFException | ZipException broken) {
            throw broken(broken);
        }
    }

    /** Goes to a place at once, where the bytes come as they lie on disk. */
    @Override
    public long skip(long bytes) throws IOException {
        if (isDigested || part.isGzip() || overlay != null) {
            return super.skip(bytes);
        }
        long skipped = Math.max(0, Math.min(bytes, channel.size() - channel.position()));
        channel.position(channel.position() + skipped);
        return skipped;
    }

    /**
     * Called at the end of the part.
     *
     * @throws JobFailure when its bytes are not those the manifest names
     */
    public void verify() throws IOException {
        byte[] rest = new byte[GZIP_BUFFER];
        while (readRaw(rest, 0, rest.length) >= 0) {
            // What a packer left behind its end belongs to the digest too.
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        if (!sha256.equals(part.sha256())) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    part.file() + ": sha256 " + sha256 + " (expected: " + part.sha256()
                            + ", as the landing's manifest says); run extract-job again");
        }
    }

    @Override
    public void close() throws IOException {
        if (overlay != null) {
            overlay.close();
        }
        channel.close();
    }

    private CorrectedInput corrected(InputStream plain) throws IOException {
        try {
            return new CorrectedInput(
                    plain, new CorrectionReader(part.corrections().file()));
        } catch (IOException | JobFailure unreadable) {
            channel.close();
            throw unreadable;
        }
    }

    private InputStream unpacked(InputStream raw) throws IOException {
        try {
            return new GZIPInputStream(raw, GZIP_BUFFER);
        } catch (EOFException | ZipException broken) {
            channel.close();
            throw broken(broken);
        }
    }

    private JobFailure broken(IOException cause) {
        return new JobFailure(
                ExitCode.FAILED,
                part.file() + ": truncated or damaged gzip (" + cause.getMessage()
                        + "); nothing was published; run extract-job again",
                cause);
    }

    private int readRaw(byte[] target, int from, int length) throws IOException {
        int read = channel.read(ByteBuffer.wrap(target, from, length));
        if (read > 0 && isDigested) {
            digest.update(target, from, read);
        }
        return read;
    }

    private final class RawInput extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return readRaw(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return readRaw(target, from, length);
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(Integer.MAX_VALUE, channel.size() - channel.position());
        }
    }
}
