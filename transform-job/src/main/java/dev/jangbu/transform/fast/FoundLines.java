package dev.jangbu.transform.fast;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What was found of a day's lines, merged from many files into the order of the lines. Of one thread. */
final class FoundLines implements Closeable {
    private final Path folder;
    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparingLong(source -> source.next.place()));

    FoundLines(Path folder, List<FoundFiles.Written> files) throws IOException {
        this.folder = folder;
        for (FoundFiles.Written file : files) {
            if (file.findings() > 0) {
                sources.add(new Source(file));
            }
        }
    }

    /** What was found of a line, perhaps nothing. Lines are asked about in their order. */
    Finding at(long place) {
        Finding finding = Finding.nothing(place);
        Source source = sources.peek();
        while (source != null && source.next.place() == place) {
            finding = finding.and(source.next);
            sources.remove();
            if (advance(source)) {
                sources.add(source);
            }
            source = sources.peek();
        }
        return finding;
    }

    private boolean advance(Source source) {
        try {
            return source.advance();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read in", folder, failure);
        }
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.file.close();
        }
    }

    private static final class Source {
        final DataInputStream file;
        private long left;
        private Finding next;

        /** @param written with one finding at least */
        Source(FoundFiles.Written written) throws IOException {
            file = new DataInputStream(new BufferedInputStream(Files.newInputStream(written.file())));
            left = written.findings() - 1;
            next = Finding.read(file);
        }

        /** Whether there is one more; the file is closed otherwise. */
        boolean advance() throws IOException {
            if (left == 0) {
                file.close();
                return false;
            }
            left--;
            next = Finding.read(file);
            return true;
        }
    }
}
