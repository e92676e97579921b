package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.day.CleanDay;
import dev.jangbu.load.day.DayLoadConfiguration;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A small day with a person in all of its places, as the jobs leave it. */
final class KnownDay {
    static final String ID = "U990001";
    private static final String RUN = "20260116T000000000Z-00000000";

    private final TestDatabase database;
    private final Path root;
    private final CleanDay clean;

    KnownDay(TestDatabase database, Path root) {
        this.database = database;
        this.root = root;
        this.clean = new CleanDay(root);
    }

    Workspace workspace() {
        return new Workspace(root);
    }

    DayFolder landing() {
        return workspace().landing("events", "all", CleanDay.DS);
    }

    DayFolder clean() {
        return workspace().clean("events", "all", CleanDay.DS);
    }

    DayFolder rejects() {
        return workspace().rejects("events", "all", CleanDay.DS);
    }

    DayFolder corrections() {
        return workspace().corrections("events", "all", CleanDay.DS);
    }

    /** Lines 2 and 3 are the person's, 5 was corrected into theirs; 3 and 4 are rejected. */
    void write() throws Exception {
        publish(
                landing(),
                "extract-job",
                Map.of(
                        "part-00000.jsonl",
                        List.of(
                                line(1, "U000001"),
                                line(2, ID),
                                "{\"user_id\":\"" + ID + "\", broken",
                                "no event",
                                line(5, "nobody"),
                                line(6, "U000001"))),
                Map.of());
        String file = RUN + "/part-00000.jsonl";
        Map<String, List<String>> refused = new LinkedHashMap<>();
        refused.put(
                "rejected-00000.jsonl",
                List.of(
                        refused(
                                file,
                                3,
                                "\"raw_base64\":\""
                                        + Base64.getEncoder()
                                                .encodeToString(("\u00ff" + ID).getBytes(StandardCharsets.ISO_8859_1))
                                        + "\""),
                        refused(file, 4, "\"raw\":\"no event\"")));
        refused.put(
                "flagged-00000.jsonl", List.of(refused(file, 2, "\"raw\":\"cut\""), refused(file, 1, "\"raw\":\"x\"")));
        publish(rejects(), "transform-job", refused, Map.of("rejected", 2L, "flagged", 2L));
        publish(
                corrections(),
                "transform-job",
                Map.of(
                        "corrections-part-00000.jsonl",
                        List.of(correction(5, line(5, ID)), correction(6, line(6, "U000001")))),
                Map.of("corrections", 2L));
        clean.publish(
                List.of(List.of(
                        CleanDay.row(1, "U000001"),
                        CleanDay.row(2, ID),
                        CleanDay.row(5, ID),
                        CleanDay.row(6, "U000001"))),
                Map.of("lines", 6L, "rejected", 2L, "rejected.required_fields", 2L, "corrected", 2L));
        database.execute(
                "INSERT INTO ops.rejected_record (run_id, dataset, slice, business_date, file, line, check_name,"
                        + " checks, raw, raw_bytes) SELECT '" + RUN + "', 'events', 'all', '" + CleanDay.DS + "', '"
                        + file
                        + "', n, 'required_fields', '[]', CASE n WHEN 3 THEN 'of " + ID + "' ELSE 'no event' END, 8"
                        + " FROM GENERATE_SERIES(3, 4) AS n");
        database.execute("INSERT INTO ops.replay_log (run_id, dataset, slice, business_date, token, requested_by,"
                + " reason_for, filter, selected, corrected, accepted, still_rejected, newly_rejected, in_force, verdict,"
                + " version) VALUES ('r', 'events', 'all', '" + CleanDay.DS + "', 1, 'me', '" + ID
                + " asked', 'all', 0, 0, 0, 0, 0, 2, 'pass', 'test')");
        Files.createDirectories(root.resolve("reports/quality/events"));
        Files.writeString(root.resolve("reports/quality/events/2026-01-15.json"), "{\"example\":\"" + ID + "\"}");
        Files.writeString(
                Files.createDirectories(landing().path().resolve("20260101T000000000Z-00000001"))
                        .resolve("defects.json"),
                "[\"" + ID + "\"]");
    }

    /** In the books, with a verdict, and loaded. */
    void load() throws Exception {
        clean.writeDown(database);
        database.execute("UPDATE ops.checked_file SET landing_run_id = '" + RUN + "'");
        verdict("pass");
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(new JobRunner(database.environment(), Clock.systemUTC(), out, true)
                        .run(clean.request(), DayLoadConfiguration.class))
                .isEqualTo(ExitCode.DONE);
        database.execute("UPDATE raw.raw_events SET event_type = 'purchase' WHERE event_id = '" + new UUID(0, 2) + "'");
        database.execute("INSERT INTO mart.mart_orders (order_id, user_id, order_date, order_timestamp, platform,"
                + " discount_amount, shipping_fee, item_count) VALUES ('o1', '" + ID + "', '" + CleanDay.DS
                + "', now(), 'web', 0, 0, 1), ('o2', 'U000001', '" + CleanDay.DS + "', now(), 'web', 0, 0, 1)");
    }

    void verdict(String status) {
        database.execute(
                "INSERT INTO ops.quality_check_log (run_id, dataset, slice, business_date, check_name, check_type,"
                        + " counted, failed, pass_rate, threshold, severity, status, day_status, version)"
                        + " VALUES ((SELECT COALESCE(MAX(run_id), 'c') || '" + status
                        + "' FROM ops.checked_file), 'events', 'all', '"
                        + CleanDay.DS + "', 'required_fields', 'completeness', 6, 2, 0.9, 0.5, 'fail', '" + status
                        + "', '" + status
                        + "', 'test')");
    }

    private void publish(DayFolder folder, String job, Map<String, List<String>> files, Map<String, Long> counts)
            throws Exception {
        Path run = folder.newRunFolder(RUN);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            byte[] content = (String.join("\n", file.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(run.resolve(file.getKey()), content);
            entries.add(new Manifest.Entry(
                    RUN + "/" + file.getKey(),
                    file.getValue().size(),
                    content.length,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content))));
        }
        long rows = entries.stream().mapToLong(Manifest.Entry::rows).sum();
        long bytes = entries.stream().mapToLong(Manifest.Entry::bytes).sum();
        folder.publish(new Manifest(
                job,
                "events",
                "all",
                CleanDay.DS,
                "files",
                "default",
                rows,
                bytes,
                entries,
                Instant.parse("2026-01-14T15:00:00Z"),
                Instant.parse("2026-01-15T15:00:00Z"),
                counts,
                "test",
                RUN,
                0,
                Instant.parse("2026-01-16T00:00:00Z")));
    }

    private static String line(int number, String user) {
        return "{\"event_id\":\"" + new UUID(0, number) + "\",\"user_id\":\"" + user + "\"}";
    }

    private static String refused(String file, int line, String raw) {
        return "{\"file\":\"" + file + "\",\"line\":" + line
                + ",\"checks\":[{\"check\":\"required_fields\",\"reason\":\"line: x\"}]," + raw + ",\"raw_bytes\":8}";
    }

    private static String correction(int line, String corrected) {
        return Json.line(Map.of("line", line, "raw_sha256", "x", "run_id", "r", "corrected", corrected));
    }

    static List<String> lines(DayFolder folder, String name) throws IOException {
        Manifest manifest = folder.read("publish it");
        for (Manifest.Entry entry : manifest.files()) {
            if (entry.path().endsWith(name)) {
                return Files.readAllLines(folder.resolve(entry));
            }
        }
        return List.of();
    }
}
