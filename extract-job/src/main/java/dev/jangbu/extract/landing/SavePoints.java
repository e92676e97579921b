package dev.jangbu.extract.landing;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a reading can go on that is killed: beside a run's parts a small file names those that are whole and the place the
 * source had come to. The next run of the day that reads the same keeps them and goes on behind. A run that comes to its end
 * takes the files away.
 */
public final class SavePoints implements PartEnds {
    private static final Logger LOG = LoggerFactory.getLogger(SavePoints.class);
    private static final String FILE = "resume.json";

    private final @Nullable DayFolder landing;
    private final Path runFolder;
    private final String reading;
    private final Instant windowFrom;
    private List<Manifest.Entry> kept = List.of();
    private @Nullable String resumed;
    private @Nullable Supplier<String> place;

    private SavePoints(@Nullable DayFolder landing, Path runFolder, String reading, Instant windowFrom) {
        this.landing = landing;
        this.runFolder = runFolder;
        this.reading = reading;
        this.windowFrom = windowFrom;
    }

    /** Of a source that is always read anew. */
    public static SavePoints none() {
        return new SavePoints(null, Path.of(""), "", Instant.EPOCH);
    }

    /**
     * Of a run, with what a killed one left it.
     *
     * @param runFolder of the run, existing
     * @param reading what is read: a killed run that read something else is of no use
     * @param windowFrom from where
     */
    public static SavePoints of(DayFolder landing, Path runFolder, String reading, Instant windowFrom) {
        SavePoints points = new SavePoints(landing, runFolder, reading, windowFrom);
        points.last().ifPresent(last -> points.keep(landing, last));
        return points;
    }

    /** As it stands in the file. */
    private record SavePoint(String reading, Instant windowFrom, String place, List<Manifest.Entry> parts) {}

    private void keep(DayFolder folder, SavePoint last) {
        try {
            kept = new KeptParts(folder, runFolder).keep(last.parts());
            resumed = last.place();
        } catch (JobFailure damaged) {
            LOG.warn("parts of a killed run are not kept, all is read again: {}", damaged.getMessage());
        }
    }

    private Optional<SavePoint> last() {
        return files().stream()
                .filter(file -> !runFolder.equals(file.getParent()))
                .map(SavePoints::read)
                .filter(point ->
                        point.reading().equals(reading) && point.windowFrom().equals(windowFrom))
                .findFirst();
    }

    /** Of this day's runs, the last one first. */
    private List<Path> files() {
        if (landing == null) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(landing.path())) {
            return runs.filter(run -> RunFolders.isRunId(run.getFileName().toString()))
                    .map(run -> run.resolve(FILE))
                    .filter(Files::exists)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", landing.path(), failure);
        }
    }

    private static SavePoint read(Path file) {
        try {
            return Json.mapper().readValue(Files.readAllBytes(file), SavePoint.class);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    /** Parts of the killed run, now of this one; the first of the landing. */
    public List<Manifest.Entry> kept() {
        return kept;
    }

    /** The place the killed run had come to with the kept parts. */
    public Optional<String> resumed() {
        return Optional.ofNullable(resumed);
    }

    /** @param of asked whenever a part is whole, on the thread that writes */
    public void placeBy(Supplier<String> of) {
        this.place = of;
    }

    @Override
    public Runnable ended(List<Manifest.Entry> parts) {
        Supplier<String> asked = place;
        if (asked == null) {
            return () -> {};
        }
        List<Manifest.Entry> all = new ArrayList<>(kept);
        all.addAll(parts);
        byte[] content = Json.pretty(new SavePoint(reading, windowFrom, asked.get(), all));
        return () -> AtomicFiles.write(runFolder.resolve(FILE), content);
    }

    /** All was read, and is on the disk: nobody goes on from here. */
    public void end() {
        for (Path file : files()) {
            try {
                Files.delete(file);
            } catch (IOException failure) {
                throw StorageFailure.of("cannot remove", file, failure);
            }
        }
    }
}
