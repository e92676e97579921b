package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.replay.ReplayOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A workspace with a landing, and the job run on it inside this JVM. */
record JobFixture(TestDatabase database, Path root) {
    static final LocalDate DAY = LocalDate.of(2026, 1, 15);
    private static final String LANDING_RUN = "20260116T000000000Z-00000000";

    /** How a run ended: the code, and the last line of its output. */
    record Ended(ExitCode code, String output) {
        JsonNode summary() {
            return Json.mapper().readTree(output.lines().reduce("", (before, line) -> line));
        }

        String message() {
            return summary().get("message").stringValue();
        }
    }

    /** A good page view, alone in its session; the number is its id. */
    static String view(int id) {
        return "{\"event_id\":\"00000000-0000-4000-8000-%012x\",\"event_type\":\"page_view\",\"user_id\":\"U%d\","
                        .formatted(id, id)
                + "\"session_id\":\"S%d\",\"timestamp\":\"2026-01-15T10:00:00\",\"platform\":\"web\",".formatted(id)
                + "\"device_type\":\"desktop\",\"page_url\":\"/\",\"page_type\":\"home\"}";
    }

    static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            whole.writeBytes(piece);
        }
        return whole.toByteArray();
    }

    Workspace workspace() {
        return new Workspace(root);
    }

    /** Publishes a landing of these parts; names ending in {@code .gz} hold what is already packed. */
    void land(Map<String, byte[]> parts, String profile) {
        land(LANDING_RUN, parts, profile);
    }

    /** As another extraction would. */
    void land(String landingRun, Map<String, byte[]> parts, String profile) {
        DayFolder folder = workspace().landing("events", RunRequest.WHOLE, DAY);
        List<Manifest.Entry> entries = new ArrayList<>();
        Path run = folder.newRunFolder(landingRun);
        parts.forEach((name, content) -> entries.add(entry(landingRun, run, name, content)));
        BusinessCalendar seoul = BusinessCalendar.seoul();
        folder.publish(new Manifest(
                "extract-job",
                "events",
                RunRequest.WHOLE,
                DAY,
                "files",
                profile,
                entries.stream().mapToLong(Manifest.Entry::rows).sum(),
                entries.stream().mapToLong(Manifest.Entry::bytes).sum(),
                entries,
                seoul.startOf(DAY),
                seoul.endOf(DAY),
                Map.of(),
                "0.1.0",
                landingRun,
                1,
                seoul.endOf(DAY)));
    }

    void land(String... lines) {
        land(Map.of("part-00000.jsonl", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)), "default");
    }

    Ended run() {
        return run(new TransformOptions("", false));
    }

    Ended run(TransformOptions options) {
        return run(EventsConfiguration.class, options);
    }

    Ended replay(ReplayOptions replay) {
        return replay(replay, new TransformOptions("", false));
    }

    Ended replay(ReplayOptions replay, TransformOptions options) {
        return run(ReplayConfiguration.class, options, replay);
    }

    private Ended run(Class<?> configuration, Object... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JobRunner runner = new JobRunner(
                database.environment(), Clock.systemUTC(), new PrintStream(out, true, StandardCharsets.UTF_8), false);
        ExitCode code = runner.run(
                new RunRequest("transform-job", "events", RunRequest.WHOLE, DAY, "1", workspace()),
                configuration,
                options);
        return new Ended(code, out.toString(StandardCharsets.UTF_8));
    }

    DayFolder clean() {
        return workspace().clean("events", RunRequest.WHOLE, DAY);
    }

    DayFolder corrections() {
        return workspace().corrections("events", RunRequest.WHOLE, DAY);
    }

    DayFolder rejects() {
        return workspace().rejects("events", RunRequest.WHOLE, DAY);
    }

    /** The content of the published files of a folder, one after the other. */
    static String content(DayFolder folder) {
        StringBuilder content = new StringBuilder();
        for (Manifest.Entry entry : folder.read("run it").files()) {
            content.append(read(folder.resolve(entry)));
        }
        return content.toString();
    }

    JsonNode report() {
        return Json.mapper().readTree(read(workspace().qualityReport("events", RunRequest.WHOLE, DAY)));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Manifest.Entry entry(String landingRun, Path run, String name, byte[] content) {
        try {
            Files.write(run.resolve(name), content);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            long rows = new String(content, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .count();
            return new Manifest.Entry(landingRun + "/" + name, rows, content.length, sha256);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
