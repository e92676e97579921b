package dev.jangbu.kit.workspace;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One day of one area: {@code <area>/<dataset>/<ds>/}. Each run writes a folder of its own below it; the manifest beside
 * those folders names the one that counts. Publishing the manifest is the commit.
 */
public record DayFolder(String area, String dataset, String slice, LocalDate businessDate, Path path) {
    private static final String MANIFEST = "manifest.json";
    private static final String WITHDRAWN = "withdrawn.txt";
    private static final String HALF_WRITTEN_PREFIX = ".";
    private static final String HALF_WRITTEN_SUFFIX = ".tmp";
    private static final int RUNS_KEPT = 2;

    public Path manifestFile() {
        return path.resolve(MANIFEST);
    }

    /**
     * A new, empty folder for this run's files.
     *
     * @throws JobFailure when it cannot be made: read-only workspace, disk full
     */
    public Path newRunFolder(String runId) {
        Path folder = path.resolve(runId);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", folder, failure);
        }
    }

    /** Where a run may make a {@link WorkFolder}; it does not exist yet. */
    public Path workFolder(String runId) {
        return path.resolve(HALF_WRITTEN_PREFIX + runId + HALF_WRITTEN_SUFFIX);
    }

    /**
     * Removes what killed runs were at: their work folders, manifests half written. Only for who holds the folder's writer,
     * before it begins.
     */
    public void removeHalfWritten() {
        tidy(DayFolder::isHalfWritten);
    }

    /**
     * Makes this manifest the day's: written beside, fsynced, renamed over the old one. The files it names must have been
     * fsynced before. Folders of runs before the last are removed.
     */
    public void publish(Manifest manifest) {
        AtomicFiles.write(manifestFile(), ManifestJson.write(manifest));
        remove(path.resolve(WITHDRAWN));
        removeSupersededRuns(manifest.runId());
    }

    /**
     * Takes back what was published for the day, if anything was: readers are refused, with the reason, until the next
     * {@link #publish}.
     *
     * @param why in one line
     */
    public void withdraw(String why) {
        AtomicFiles.write(path.resolve(WITHDRAWN), (why + "\n").getBytes(StandardCharsets.UTF_8));
        remove(manifestFile());
    }

    /**
     * The day's manifest, its files present with the sizes it names.
     *
     * @param remedy what to run when there is none, as a sentence's end: {@code run extract-job first}
     * @throws JobFailure with {@link ExitCode#FAILED} when there is none or it does not match its files
     */
    public Manifest read(String remedy) {
        Path file = manifestFile();
        if (!Files.exists(file)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "no " + area + " for " + dataset + " " + businessDate + " in " + path + whyWithdrawn() + "; "
                            + remedy);
        }
        Manifest manifest = ManifestJson.read(file, remedy);
        for (Manifest.Entry entry : manifest.files()) {
            requireSize(entry, remedy);
        }
        return manifest;
    }

    /**
     * The day's manifest as it stands, its files not looked at; empty where there is none.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when it is not a manifest this version reads
     */
    public Optional<Manifest> manifest() {
        Path file = manifestFile();
        return Files.exists(file)
                ? Optional.of(ManifestJson.read(file, "run the job that writes it again"))
                : Optional.empty();
    }

    /** The path of a file a manifest of this folder names. */
    public Path resolve(Manifest.Entry entry) {
        Path file = path.resolve(entry.path()).normalize();
        if (!file.startsWith(path)) {
            throw new JobFailure(ExitCode.FAILED, manifestFile() + " names a file outside its folder: " + entry.path());
        }
        return file;
    }

    /**
     * Removes what lies beside the published run's folder: runs before it, and what killed runs left. Only for who holds
     * the folder's writer.
     */
    public void removeOtherRuns() {
        String current = manifest().map(Manifest::runId).orElse("");
        tidy(name -> (RunFolders.isRunId(name) && !name.equals(current)) || isHalfWritten(name));
    }

    private static boolean isHalfWritten(String name) {
        return name.startsWith(HALF_WRITTEN_PREFIX) && name.endsWith(HALF_WRITTEN_SUFFIX);
    }

    private void tidy(Predicate<String> isLeft) {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> children = Files.list(path)) {
            for (Path child : children.toList()) {
                if (isLeft.test(child.getFileName().toString())) {
                    RunFolders.delete(child);
                }
            }
            AtomicFiles.syncFolder(path);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot tidy", path, failure);
        }
    }

    private String whyWithdrawn() {
        Path note = path.resolve(WITHDRAWN);
        try {
            return Files.exists(note) ? ": " + Files.readString(note).strip() : "";
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", note, failure);
        }
    }

    private void remove(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                AtomicFiles.syncFolder(path);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot remove", file, failure);
        }
    }

    private void requireSize(Manifest.Entry entry, String remedy) {
        Path file = resolve(entry);
        long bytes;
        try {
            bytes = Files.size(file);
        } catch (IOException failure) {
            throw new JobFailure(
                    ExitCode.FAILED, file + ": missing, though " + manifestFile() + " names it; " + remedy, failure);
        }
        if (bytes != entry.bytes()) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": " + bytes + " bytes (expected: " + entry.bytes() + ", as " + manifestFile() + " says); "
                            + remedy);
        }
    }

    /** A run's folder name begins with its start time, so the names sort by age. */
    private void removeSupersededRuns(String currentRun) {
        try (Stream<Path> children = Files.list(path)) {
            List<Path> older = children.filter(Files::isDirectory)
                    .filter(folder -> RunFolders.isRunId(folder.getFileName().toString()))
                    .filter(folder -> folder.getFileName().toString().compareTo(currentRun) < 0)
                    .sorted(Comparator.reverseOrder())
                    .skip(RUNS_KEPT - 1L)
                    .toList();
            for (Path folder : older) {
                RunFolders.delete(folder);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot tidy", path, failure);
        }
    }
}
