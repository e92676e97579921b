package dev.jangbu.extract.files;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.mapping.MappedFiles;
import dev.jangbu.extract.mapping.Mapping;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files as a source. Without a mapping the lines are landed byte for byte, whatever they hold and whatever day they are
 * of; with one, the window's rows are.
 */
record FilesSource(InputFiles input, @Nullable Mapping mapping, String profile) implements EventSource {
    static final String NAME = "files";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String plan() {
        String how = mapping == null ? "as they are" : "by mapping " + mapping.name();
        return input.files().size() + " file(s) of " + input.input() + " " + how;
    }

    @Override
    public Map<String, Long> extract(Window window, LandingWriter landing) {
        return mapping == null ? copy(landing) : map(mapping, window, landing);
    }

    private Map<String, Long> copy(LandingWriter landing) {
        for (Path file : input.files()) {
            read(file, landing::copy);
        }
        return Map.of();
    }

    private Map<String, Long> map(Mapping by, Window window, LandingWriter landing) {
        MappedFiles rows = new MappedFiles(by, window, landing);
        for (Path file : input.files()) {
            read(file, content -> rows.read(InputFiles.withoutMark(content), String.valueOf(file.getFileName())));
        }
        return rows.end();
    }

    private static void read(Path file, Reading reading) {
        try (InputStream content = InputFiles.open(file)) {
            reading.of(content);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    private interface Reading {
        void of(InputStream content) throws IOException;
    }
}
