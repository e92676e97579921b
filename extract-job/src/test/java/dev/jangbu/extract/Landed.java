package dev.jangbu.extract;

import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.Window;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** What a source landed for a day, without a run around it. */
public record Landed(Path folder, List<Manifest.Entry> parts, Map<String, Long> counts) {
    public static Landed of(EventSource source, String day, Path folder) {
        return of(source, day, folder, LandingFormat.plain());
    }

    public static Landed of(EventSource source, String day, Path folder, LandingFormat format) {
        Window window = new Window(LocalDate.parse(day), BusinessCalendar.seoul());
        try (LandingWriter landing = new LandingWriter(folder, format, Progress.none())) {
            Map<String, Long> counts = source.extract(window, landing);
            return new Landed(folder, landing.finish(), counts);
        }
    }

    public long rows() {
        return parts.stream().mapToLong(Manifest.Entry::rows).sum();
    }

    /** All parts one after the other, unpacked. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Manifest.Entry part : parts) {
            Path file = folder.resolveSibling(part.path());
            try (InputStream in = part.path().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file)) {
                in.transferTo(all);
            }
        }
        return all.toByteArray();
    }

    public List<String> lines() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8).lines().toList();
    }

    public List<JsonNode> records() throws IOException {
        return lines().stream().map(line -> Json.mapper().readTree(line)).toList();
    }
}
