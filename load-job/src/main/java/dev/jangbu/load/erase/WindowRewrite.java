package dev.jangbu.load.erase;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of an account's window once more, without the person, in new runs' folders; nothing counts before it is
 * published. No line and no record goes, so that all counts stay. Of one thread.
 */
final class WindowRewrite {
    private final Erasing erasing;
    private final WindowLines lines;
    private final List<ErasureLog.Entry> entries = new ArrayList<>();

    WindowRewrite(Erasing erasing) {
        this.erasing = erasing;
        this.lines = new WindowLines(erasing.subject());
    }

    /** What was written so far, for the record. */
    List<ErasureLog.Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The files of an area in a new run's folder, those beside the manifest's too.
     *
     * @param renamed as in {@link WindowLines}
     * @return the manifest to publish
     */
    Manifest write(RunContext context, DayFolder folder, Manifest before, Map<String, String> renamed)
            throws IOException {
        Path run = folder.newRunFolder(context.runId());
        Path old = folder.path().resolve(before.runId());
        Map<String, Remainder> left = new HashMap<>();
        try (Stream<Path> files = Files.list(old)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path target = run.resolve(Objects.requireNonNull(file.getFileName()));
                left.put(String.valueOf(file.getFileName()), copy(context, folder, before, file, target, renamed));
            }
        }
        AtomicFiles.syncFolder(run);
        List<Manifest.Entry> parts = new ArrayList<>();
        for (Manifest.Entry part : before.files()) {
            Remainder now = Objects.requireNonNull(left.get(PartName.file(part)), part.path());
            parts.add(new Manifest.Entry(
                    context.runId() + "/" + PartName.file(part),
                    part.rows(),
                    now.bytes(),
                    now.sha256(),
                    part.counts(),
                    part.lateInput()));
        }
        return manifest(context, before, parts);
    }

    private Remainder copy(
            RunContext context, DayFolder folder, Manifest before, Path file, Path target, Map<String, String> renamed)
            throws IOException {
        try (NewFile written = new NewFile(target)) {
            long redacted = lines.copy(file, written, renamed);
            Remainder left = written.finish(0, 0);
            before.files().stream()
                    .filter(part -> folder.resolve(part).equals(file))
                    .forEach(part -> log(context, folder, before, part, left, redacted));
            return left;
        }
    }

    private void log(
            RunContext context, DayFolder folder, Manifest before, Manifest.Entry part, Remainder left, long redacted) {
        entries.add(new ErasureLog.Entry(
                context.dataset(),
                context.businessDate(),
                folder.area(),
                context.request().slice() + "/" + PartName.file(part),
                context.runId(),
                before.runId(),
                part.rows(),
                0,
                part.rows(),
                redacted,
                part.sha256(),
                left.sha256(),
                null));
    }

    private Manifest manifest(RunContext context, Manifest before, List<Manifest.Entry> parts) {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                before.source(),
                before.profile(),
                before.rows(),
                parts.stream().mapToLong(Manifest.Entry::bytes).sum(),
                parts,
                before.windowFrom(),
                before.windowTo(),
                before.counts(),
                context.version(),
                context.runId(),
                context.fence().token(),
                erasing.clock().instant());
    }
}
