package dev.jangbu.load.retention;

import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of days in one area of the workspace: a day is a folder of its date, or a file that begins with it. */
final class AreaFiles {
    private static final int DATE_LENGTH = 10;

    private final Path area;

    AreaFiles(Workspace workspace, String area, String dataset) {
        Path root = workspace.root().resolve(area);
        this.area = area.equals("runs") || area.equals("reports") ? root : root.resolve(dataset);
    }

    List<LocalDate> daysBefore(LocalDate firstKept) {
        return places().stream()
                .flatMap(path -> day(path).stream())
                .filter(day -> day.isBefore(firstKept))
                .distinct()
                .sorted()
                .toList();
    }

    /** Removes the day; returns how many files there were. */
    long remove(LocalDate day) {
        long files = 0;
        for (Path place : places()) {
            if (day(place).filter(day::equals).isPresent()) {
                files += remove(place);
            }
        }
        return files;
    }

    /** The proofs of erasures are of no day: their names begin with a run's, and no place is found below them. */
    private List<Path> places() {
        if (!Files.isDirectory(area)) {
            return List.of();
        }
        List<Path> places = new ArrayList<>();
        collect(area, places);
        return places;
    }

    private static void collect(Path folder, List<Path> places) {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                if (day(child).isPresent()) {
                    places.add(child);
                } else if (Files.isDirectory(child)) {
                    collect(child, places);
                }
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", folder, failure);
        }
    }

    private static long remove(Path place) {
        try (Stream<Path> tree = Files.walk(place)) {
            long files = 0;
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                files += Files.isDirectory(path) ? 0 : 1;
                Files.deleteIfExists(path);
            }
            Path parent = place.getParent();
            if (parent != null) {
                AtomicFiles.syncFolder(parent);
            }
            return files;
        } catch (IOException | UncheckedIOException failure) {
            throw StorageFailure.of(
                    "cannot remove", place, failure instanceof IOException io ? io : new IOException(failure));
        }
    }

    private static Optional<LocalDate> day(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.length() < DATE_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(0, DATE_LENGTH)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
