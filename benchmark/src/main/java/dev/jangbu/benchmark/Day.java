package dev.jangbu.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The day that is measured, in its workspace. */
record Day(Path workspace, LocalDate businessDate) {
    private static final Pattern PATH = Pattern.compile("\"path\"\\s*:\\s*\"([^\"]+)\"");

    boolean isExtracted() {
        return Files.exists(folder("landing").resolve("manifest.json"));
    }

    List<Path> landingFiles() throws IOException {
        return files("landing");
    }

    List<Path> cleanFiles() throws IOException {
        return files("clean");
    }

    long landingBytes() throws IOException {
        long bytes = 0;
        for (Path file : landingFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    long landingLines() throws IOException {
        long lines = 0;
        for (Path file : landingFiles()) {
            try (Stream<String> content = Files.lines(file)) {
                lines += content.count();
            }
        }
        return lines;
    }

    private List<Path> files(String area) throws IOException {
        Path folder = folder(area);
        Matcher paths = PATH.matcher(Files.readString(folder.resolve("manifest.json")));
        return paths.results().map(path -> folder.resolve(path.group(1))).toList();
    }

    private Path folder(String area) {
        return workspace.resolve(area).resolve("events").resolve(businessDate.toString());
    }
}
