package dev.jangbu.extract.landing;

import dev.jangbu.kit.workspace.Manifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One part while it is written. Its name ends in {@code .tmp} until its content is on the disk. */
final class Part {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final Path temporary;
    private final HashedFile content;
    private final @Nullable GZIPOutputStream gzip;
    private final OutputStream out;
    private long lineBytes;
    private long rows;

    Part(Path file, boolean compressed) throws IOException {
        this.file = file;
        this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
        this.content = new HashedFile(temporary);
        this.gzip = compressed ? new GZIPOutputStream(content, BUFFER_BYTES) : null;
        this.out = new BufferedOutputStream(gzip == null ? content : gzip, BUFFER_BYTES);
    }

    Path file() {
        return file;
    }

    /** What was written, before compression. */
    long lineBytes() {
        return lineBytes;
    }

    void write(byte[] source, int from, int length) throws IOException {
        out.write(source, from, length);
        lineBytes += length;
    }

    void countRow() {
        rows++;
    }

    /** Ends the content; {@link #settle()} makes it durable. */
    Manifest.Entry end(String path) throws IOException {
        out.flush();
        if (gzip != null) {
            gzip.finish();
        }
        return new Manifest.Entry(path, rows, content.bytes(), content.sha256Hex());
    }

    /** On the disk, under its own name. */
    void settle() throws IOException {
        content.sync();
        content.close();
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void abandon() throws IOException {
        content.close();
        Files.deleteIfExists(temporary);
    }
}
