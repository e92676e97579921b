package dev.jangbu.transform.reject;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;

/** Reads a rejects file, a line at a time. Of one thread. */
public final class RejectedLines implements Closeable {
    private static final String PREFIX = "rejected-";

    private final Path file;
    private final MappingIterator<RejectedLine> lines;

    public RejectedLines(Path file) {
        this.file = file;
        try {
            this.lines = Json.mapper().readerFor(RejectedLine.class).readValues(Files.newInputStream(file));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    /** The rejects among the files of a manifest; those of flagged lines left out. */
    public static List<Path> files(DayFolder rejects, Manifest manifest) {
        return manifest.files().stream()
                .map(rejects::resolve)
                .filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                .toList();
    }

    /** The next line; null at the end. */
    public @Nullable RejectedLine next() {
        try {
            return lines.hasNext() ? lines.next() : null;
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new JobFailure(
                    ExitCode.FAILED, file + ": not the rejects of transform-job; run transform-job again", broken);
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
