package dev.jangbu.extract;

import dev.jangbu.extract.landing.KeptParts;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.erased.ErasedSubjects;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: a source's lines into a folder of the run's own, then the manifest that makes it the day's landing. Late files
 * of the day are not lost by extracting it again: they stay behind what is extracted, unless they are to be dropped.
 */
final class Extraction {
    private static final Logger log = LoggerFactory.getLogger(Extraction.class);

    private final RunContext context;
    private final EventSource source;
    private final LandingFormat format;
    private final LateFiles late;
    private final DataSource database;
    private @Nullable LandedDay landed;
    private @Nullable Manifest inPlace;

    Extraction(RunContext context, EventSource source, LandingFormat format, LateFiles late, DataSource database) {
        this.context = context;
        this.source = source;
        this.format = format;
        this.late = late;
        this.database = database;
    }

    void write() throws IOException, SQLException {
        if (late instanceof LateFiles.Appended appended) {
            append(appended);
        } else {
            landed = extract(late instanceof LateFiles.Dropped ? List.of() : lateParts());
        }
    }

    /** Makes what was written the day's landing; a late file that adds nothing leaves the one in place. */
    void publish() throws SQLException {
        LandedDay written = landed;
        Manifest manifest =
                written == null ? Objects.requireNonNull(inPlace, "nothing was written") : manifest(written);
        if (written != null) {
            try (Connection connection = database.getConnection()) {
                context.publish(connection, context.landing(), manifest);
            }
        }
        context.summary()
                .fact("source", manifest.source())
                .fact("profile", manifest.profile())
                .fact("rows", manifest.rows())
                .fact("bytes", manifest.bytes())
                .fact("files", manifest.files().size())
                .fact("counts", manifest.counts())
                .fact("landing", context.landing().manifestFile().toString())
                .fact("landing_run", manifest.runId());
        if (late instanceof LateFiles.Appended) {
            context.summary().fact("appended", written == null ? 0 : written.appended());
        }
    }

    private LandedDay extract(List<Manifest.Entry> lateParts) throws IOException, SQLException {
        Path folder = context.landing().newRunFolder(context.runId());
        Written written = writeParts(folder, 0);
        List<Manifest.Entry> parts = new ArrayList<>(written.parts());
        if (!lateParts.isEmpty()) {
            parts.addAll(new KeptParts(context.landing(), folder).keep(lateParts, parts.size()));
            AtomicFiles.syncFolder(folder);
            log.info("late_files=kept parts={}; --drop-late would leave them out", lateParts.size());
        }
        return new LandedDay(source.name(), source.profile(), parts, written.counts(), 0);
    }

    private void append(LateFiles.Appended file) throws IOException, SQLException {
        Manifest before = published();
        requireProfile(before.profile());
        String sha256 = file.sha256();
        if (before.files().stream().anyMatch(part -> part.lateInput().equals(sha256))) {
            leave(before, file, "it was appended before");
            return;
        }
        file.requireOpen(context.businessDate(), context.calendar().today(context.clock()));
        Path folder = context.landing().newRunFolder(context.runId());
        List<Manifest.Entry> parts = new ArrayList<>(new KeptParts(context.landing(), folder).keep(before.files()));
        Written written = writeParts(folder, KeptParts.next(parts));
        if (!file.sha256().equals(sha256)) {
            throw new JobFailure(
                    ExitCode.FAILED, file.file() + ": changed while it was read; nothing was appended, run again");
        }
        long rows = written.parts().stream().mapToLong(Manifest.Entry::rows).sum();
        if (rows == 0) {
            leave(before, file, "it holds no row of the day");
            return;
        }
        written.parts().forEach(part -> parts.add(part.ofLateInput(sha256)));
        landed = new LandedDay(
                before.source(), before.profile(), parts, LandedDay.sum(before.counts(), written.counts()), rows);
    }

    private void leave(Manifest before, LateFiles.Appended file, String why) {
        log.warn("late_file={} appended=0 reason=\"{}\"; the landing stays as it is", file.file(), why);
        context.summary().fact("note", "nothing appended: " + why);
        inPlace = before;
    }

    private record Written(List<Manifest.Entry> parts, Map<String, Long> counts) {}

    private Written writeParts(Path folder, int firstPart) throws SQLException {
        String task = source.name() + " " + context.businessDate();
        try (LandingWriter landing =
                new LandingWriter(folder, format, Progress.onTerminal(task), firstPart, erasedSubjects())) {
            Map<String, Long> counts = new LinkedHashMap<>(source.extract(window(), landing));
            if (landing.leftOut() > 0) {
                counts.merge("erased", landing.leftOut(), Long::sum);
                log.info(
                        "erased={} reason=\"lines that name somebody who was erased are left out\"", landing.leftOut());
            }
            return new Written(landing.finish(), counts);
        }
    }

    private ErasedSubjects erasedSubjects() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return ErasedSubjects.read(connection);
        }
    }

    private Manifest published() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return context.readPublished(connection, context.landing(), "extract the day first, without --append-late");
        }
    }

    /** Of the landing in place; its other files may be broken, that is why a day is extracted again. */
    private List<Manifest.Entry> lateParts() {
        Optional<Manifest> before = before();
        List<Manifest.Entry> parts = before.stream()
                .flatMap(manifest -> manifest.files().stream())
                .filter(Manifest.Entry::isLate)
                .toList();
        if (!parts.isEmpty()) {
            requireProfile(before.orElseThrow().profile());
        }
        return parts;
    }

    private Optional<Manifest> before() {
        try {
            return context.landing().manifest();
        } catch (JobFailure unreadable) {
            log.warn("landing=not_read late_files=unknown reason=\"{}\"", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void requireProfile(String profile) {
        if (!source.profile().equals(profile)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "profile: " + source.profile() + " (expected: " + profile + ", as the landing in "
                            + context.landing().path()
                            + " and its late files; --drop-late extracts the day without them)");
        }
    }

    private Manifest manifest(LandedDay written) {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                written.source(),
                written.profile(),
                written.parts().stream().mapToLong(Manifest.Entry::rows).sum(),
                written.parts().stream().mapToLong(Manifest.Entry::bytes).sum(),
                written.parts(),
                window().from(),
                window().to(),
                written.counts(),
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }

    private Window window() {
        return new Window(context.businessDate(), context.calendar());
    }
}
