package dev.jangbu.transform.replay;

import dev.jangbu.kit.erased.ErasedSubjects;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.landing.Correction;
import dev.jangbu.transform.landing.CorrectionSet;
import dev.jangbu.transform.landing.CorrectionWriter;
import dev.jangbu.transform.landing.LandingPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the corrections of a day into this run's folder, a file a part that has any. Of one thread. */
public final class CorrectionFiles implements Correcting.Sink {
    private final RunContext context;
    private final DayFolder folder;
    private final ErasedSubjects erased;
    private final List<Manifest.Entry> files = new ArrayList<>();
    private @Nullable CorrectionWriter writer;
    private long leftOut;

    /** @param erased people whom no correction may bring back */
    public CorrectionFiles(RunContext context, ErasedSubjects erased) {
        this.context = context;
        this.erased = erased;
        this.folder = context.corrections();
    }

    @Override
    public void take(LandingPart part, Correction correction, boolean isNew) {
        if (erased.areIn(correction.corrected())) {
            leftOut++;
            return;
        }
        if (writer == null) {
            folder.newRunFolder(context.runId());
            writer = new CorrectionWriter(file(part));
        }
        writer.write(correction);
    }

    @Override
    public void end(LandingPart part) {
        if (writer == null) {
            return;
        }
        Path file = file(part);
        try (CorrectionWriter ended = writer) {
            writer = null;
            String sha256 = ended.finish();
            files.add(new Manifest.Entry(
                    context.runId() + "/" + file.getFileName(), ended.count(), Files.size(file), sha256));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
    }

    /** Corrections that were left out because they name somebody who was erased. */
    public long leftOut() {
        return leftOut;
    }

    /** Names the files; they count once this is published. */
    public Manifest manifest(Manifest landing) {
        if (!files.isEmpty()) {
            sync(folder.path().resolve(context.runId()));
        }
        long rows = files.stream().mapToLong(Manifest.Entry::rows).sum();
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                landing.source(),
                landing.profile(),
                rows,
                files.stream().mapToLong(Manifest.Entry::bytes).sum(),
                files,
                landing.windowFrom(),
                landing.windowTo(),
                leftOut == 0 ? Map.of("corrections", rows) : Map.of("corrections", rows, "erased", leftOut),
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }

    private static void sync(Path run) {
        try {
            AtomicFiles.syncFolder(run);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", run, failure);
        }
    }

    /** As the check of this run reads them. */
    public CorrectionSet corrections(Manifest manifest) {
        return CorrectionSet.of(folder, manifest);
    }

    private Path file(LandingPart part) {
        return folder.path().resolve(context.runId()).resolve(CorrectionSet.fileName(part.key()));
    }
}
