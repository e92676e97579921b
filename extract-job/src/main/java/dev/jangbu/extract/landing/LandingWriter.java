package dev.jangbu.extract.landing;

import dev.jangbu.kit.erased.ErasedSubjects;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of one run's landing, {@code part-00000.jsonl} and on. A part is split at a line's end, never inside
 * one; while the next is written, the last is brought to the disk in the background. Nothing here is visible to readers
 * until the manifest names it. Not thread-safe.
 *
 * <p>What the file system refuses is a {@link JobFailure} in one line.
 */
public final class LandingWriter implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final byte[] LINE_BREAK = {'\n'};

    private final Path folder;
    private final LandingFormat format;
    private final Progress progress;
    private final int firstPart;
    private final ErasedSubjects erased;
    private final PartEnds ends;
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final List<Future<?>> settling = new ArrayList<>();
    private final ExecutorService settler = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "landing-sync");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Part part;
    private long left;

    /** @param folder of the run, existing; its name is the run's id */
    public LandingWriter(Path folder, LandingFormat format, Progress progress) {
        this(folder, format, progress, 0);
    }

    /** @param firstPart number of the first part: those before it are there already */
    public LandingWriter(Path folder, LandingFormat format, Progress progress, int firstPart) {
        this(folder, format, progress, firstPart, ErasedSubjects.none());
    }

    /** @param erased people whose lines are left out */
    public LandingWriter(Path folder, LandingFormat format, Progress progress, int firstPart, ErasedSubjects erased) {
        this(folder, format, progress, firstPart, erased, parts -> () -> {});
    }

    /** Behind the parts that the points kept. */
    public LandingWriter(Path folder, LandingFormat format, Progress progress, SavePoints points) {
        this(folder, format, progress, KeptParts.next(points.kept()), ErasedSubjects.none(), points);
    }

    private LandingWriter(
            Path folder, LandingFormat format, Progress progress, int firstPart, ErasedSubjects erased, PartEnds ends) {
        this.erased = erased;
        this.ends = ends;
        this.folder = folder;
        this.format = format;
        this.progress = progress;
        this.firstPart = firstPart;
    }

    /** One record. The bytes hold no line break and are not blank; the break is added. */
    public void line(byte[] source, int from, int length) {
        if (!erased.isEmpty() && erased.areIn(source, from, length)) {
            left++;
            return;
        }
        Part current = openPart();
        try {
            current.write(source, from, length);
            current.write(LINE_BREAK, 0, 1);
            current.countRow();
            progress.row();
            endPartWhenFull(current);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", current.file(), failure);
        }
    }

    public void line(byte[] source) {
        line(source, 0, source.length);
    }

    /**
     * Lines as they are, byte for byte, in parts of their own. Holds no line: one may be larger than the memory. A line of
     * nothing but blanks, tabs and a carriage return is copied and not counted.
     *
     * @throws IOException when the lines cannot be read; what cannot be written is a {@link JobFailure}
     */
    public void copy(InputStream lines) throws IOException {
        endPart();
        if (erased.isEmpty()) {
            copyAll(lines);
            return;
        }
        try (WithoutErased others = new WithoutErased(lines, erased)) {
            copyAll(others);
            left += others.left();
        }
    }

    /** Lines that were left out because they name somebody who was erased. */
    public long leftOut() {
        return left;
    }

    private void copyAll(InputStream lines) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        LineScan scan = new LineScan();
        for (int length = lines.read(chunk); length >= 0; length = lines.read(chunk)) {
            copy(chunk, length, scan);
        }
        if (scan.isRow()) {
            countRow(openPart());
        }
        endPart();
    }

    /** A small file in the run's folder that is no data: the manifest does not name it. */
    public void sideFile(String name, byte[] content) {
        AtomicFiles.write(folder.resolve(name), content);
    }

    /** Returns when every part is on the disk under its own name, in writing order. */
    public List<Manifest.Entry> finish() {
        endPart();
        settling.forEach(LandingWriter::await);
        try {
            AtomicFiles.syncFolder(folder);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", folder, failure);
        }
        return List.copyOf(entries);
    }

    /** Drops the part that was not ended. */
    @Override
    public void close() {
        settler.shutdown();
        progress.close();
        if (part == null) {
            return;
        }
        try {
            part.abandon();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot tidy", part.file(), failure);
        } finally {
            part = null;
        }
    }

    private void copy(byte[] chunk, int length, LineScan scan) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            boolean row = scan.isRow();
            if (!scan.endsAt(chunk[at])) {
                continue;
            }
            Part current = openPart();
            if (row) {
                countRow(current);
            }
            if (current.lineBytes() + at + 1 - from >= format.partBytes()) {
                write(current, chunk, from, at + 1 - from);
                endPart();
                from = at + 1;
            }
        }
        if (from < length) {
            write(openPart(), chunk, from, length - from);
        }
    }

    private void countRow(Part current) {
        current.countRow();
        progress.row();
    }

    private static void write(Part current, byte[] source, int from, int length) {
        try {
            current.write(source, from, length);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", current.file(), failure);
        }
    }

    private Part openPart() {
        if (part != null) {
            return part;
        }
        Path file = folder.resolve(PartName.of(firstPart + entries.size(), format.suffix()));
        try {
            Part opened = new Part(file, format.gzip());
            part = opened;
            return opened;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
    }

    private void endPartWhenFull(Part current) {
        if (current.lineBytes() >= format.partBytes()) {
            endPart();
        }
    }

    private void endPart() {
        Part ended = part;
        if (ended == null) {
            return;
        }
        String path = Objects.requireNonNull(folder.getFileName()) + "/"
                + ended.file().getFileName();
        try {
            entries.add(ended.end(path));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", ended.file(), failure);
        }
        part = null;
        Runnable onDisk = ends.ended(List.copyOf(entries));
        settling.add(settler.submit(() -> {
            settle(ended);
            onDisk.run();
        }));
    }

    private static void settle(Part ended) {
        try {
            ended.settle();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", ended.file(), failure);
        }
    }

    private static void await(Future<?> settled) {
        try {
            settled.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof JobFailure told) {
                throw told;
            }
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailure(ExitCode.FAILED, "stopped while the landing was being written", interrupted);
        }
    }

    /** Follows a line over chunks: has it anything but blanks in it? */
    private static final class LineScan {
        private boolean row;

        boolean isRow() {
            return row;
        }

        boolean endsAt(byte value) {
            if (value == '\n') {
                row = false;
                return true;
            }
            row |= value != ' ' && value != '\t' && value != '\r';
            return false;
        }
    }
}
