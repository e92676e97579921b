package dev.jangbu.extract;

import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.landing.Progress;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** One run: a source's lines into a folder of the run's own, then the manifest that makes it the day's landing. */
final class Extraction {
    private final RunContext context;
    private final EventSource source;
    private final LandingFormat format;
    private final DataSource database;
    private List<Manifest.Entry> parts = List.of();
    private Map<String, Long> counts = Map.of();

    Extraction(RunContext context, EventSource source, LandingFormat format, DataSource database) {
        this.context = context;
        this.source = source;
        this.format = format;
        this.database = database;
    }

    void write() {
        Path folder = context.landing().newRunFolder(context.runId());
        String task = source.name() + " " + context.businessDate();
        try (LandingWriter landing = new LandingWriter(folder, format, Progress.onTerminal(task))) {
            counts = source.extract(window(), landing);
            parts = landing.finish();
        }
    }

    void publish() throws SQLException {
        Manifest manifest = manifest();
        try (Connection connection = database.getConnection()) {
            context.publish(connection, context.landing(), manifest);
        }
        context.summary()
                .fact("source", manifest.source())
                .fact("profile", manifest.profile())
                .fact("rows", manifest.rows())
                .fact("bytes", manifest.bytes())
                .fact("files", manifest.files().size())
                .fact("counts", manifest.counts())
                .fact("landing", context.landing().manifestFile().toString());
    }

    private Manifest manifest() {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                source.name(),
                source.profile(),
                parts.stream().mapToLong(Manifest.Entry::rows).sum(),
                parts.stream().mapToLong(Manifest.Entry::bytes).sum(),
                parts,
                window().from(),
                window().to(),
                counts,
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }

    private Window window() {
        return new Window(context.businessDate(), context.calendar());
    }
}
