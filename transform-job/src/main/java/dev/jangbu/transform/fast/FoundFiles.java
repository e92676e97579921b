package dev.jangbu.transform.fast;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is found of a day's lines: many files, each in the order of the lines. Of one thread. */
final class FoundFiles {
    private final Path folder;
    private final List<Written> files = new ArrayList<>();

    /** A file that is whole. */
    record Written(Path file, long findings) {}

    FoundFiles(Path folder) {
        this.folder = folder;
    }

    /** One of the files. */
    final class Writer implements Closeable {
        private final Path path;
        private final DataOutputStream file;
        private long findings;

        private Writer(Path path) throws IOException {
            this.path = path;
            this.file = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)));
        }

        /** @param finding of a line behind those before */
        void write(Finding finding) throws IOException {
            finding.write(file);
            findings++;
        }

        @Override
        public void close() throws IOException {
            file.close();
            files.add(new Written(path, findings));
        }
    }

    /** The next file, new and empty. */
    Writer next() throws IOException {
        return new Writer(folder.resolve("found-" + files.size()));
    }

    /** All of them as one. */
    FoundLines read() throws IOException {
        return new FoundLines(folder, files);
    }
}
