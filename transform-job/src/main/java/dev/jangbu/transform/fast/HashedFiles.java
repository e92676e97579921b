package dev.jangbu.transform.fast;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records spread over files by the hash of their key: equal keys lie in one file, in the order in which they came. Written
 * whole, then read file by file. Of one thread.
 */
final class HashedFiles implements Closeable {
    /** A power of two. Of a billion keys a file holds four million. */
    static final int COUNT = 256;

    private static final int BUFFER = 16 * 1024;

    private final Path folder;
    private final String name;
    private final DataOutputStream[] files = new DataOutputStream[COUNT];
    private final long[] records = new long[COUNT];

    HashedFiles(Path folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        for (int file = 0; file < COUNT; file++) {
            files[file] = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path(file)), BUFFER));
        }
    }

    /** Where a record more is to be written. */
    DataOutputStream next(long hash) {
        // The highest bits: the tables in memory go by the lowest.
        int file = (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(COUNT)));
        records[file]++;
        return files[file];
    }

    /** Ends the writing. */
    @Override
    public void close() throws IOException {
        for (DataOutputStream file : files) {
            file.close();
        }
    }

    long records(int file) {
        return records[file];
    }

    DataInputStream read(int file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(path(file)), BUFFER));
    }

    /** Gives the disk back. */
    void remove(int file) throws IOException {
        Files.delete(path(file));
    }

    private Path path(int file) {
        return folder.resolve(name + "-" + file);
    }
}
