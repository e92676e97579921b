package dev.jangbu.load.day;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes clean days as transform-job does, for the load to take. */
public final class CleanDay {
    public static final LocalDate DS = LocalDate.of(2026, 1, 15);
    public static final String HEADER =
            "event_date,event_id,event_type,user_id,session_id,occurred_at,platform,device_type,os,browser,page_url,"
                    + "referrer,page_type,product_id,category_id,element_id,element_type,position,quantity,unit_price,"
                    + "source_page,is_recommendation,order_id,total_amount,payment_method,discount_amount,shipping_fee,"
                    + "coupon_code,products,search_query,result_count,category_filter,sort_type,page_number,extra\n";

    private final Workspace workspace;
    private int runs;
    private @Nullable Manifest last;

    public CleanDay(Path folder) {
        this.workspace = new Workspace(folder);
    }

    public RunRequest request() {
        return new RunRequest("load-job", "events", RunRequest.WHOLE, DS, "1", workspace);
    }

    DayFolder folder() {
        return workspace.clean("events", RunRequest.WHOLE, DS);
    }

    /** One row of {@code raw_events}; the number makes its id. */
    public static String row(int number, String user) {
        UUID id = new UUID(0, number);
        return DS + "," + id + ",search," + user + ",s" + number
                + ",2026-01-15T01:02:03.123456Z,web,desktop,,,,,,,,,,,,,,,,,"
                + ",,,,,\"신발, \"\"흰\"\"\",3,,,1,\"{\"\"k\"\": [1, null]}\"\n";
    }

    public static List<String> rows(int count, String user) {
        List<String> rows = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            rows.add(row(number, user));
        }
        return rows;
    }

    /** A published day of one file. */
    public Manifest publish(List<String> rows) {
        return publish(List.of(rows), Map.of("lines", (long) rows.size(), "rejected", 0L));
    }

    /** A published day of several files, each with these counts. */
    public Manifest publish(List<List<String>> files, Map<String, Long> counts) {
        String runId = "20260116T00000000%dZ-0000000%d".formatted(runs, runs);
        runs++;
        Path folder = folder().newRunFolder(runId);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int part = 0; part < files.size(); part++) {
            String name = "part-0000" + part + ".csv";
            byte[] csv = (HEADER + String.join("", files.get(part))).getBytes(StandardCharsets.UTF_8);
            write(folder.resolve(name), csv);
            entries.add(
                    new Manifest.Entry(runId + "/" + name, files.get(part).size(), csv.length, sha256(csv), counts));
        }
        long rows = entries.stream().mapToLong(Manifest.Entry::rows).sum();
        long bytes = entries.stream().mapToLong(Manifest.Entry::bytes).sum();
        Manifest manifest = new Manifest(
                "transform-job",
                "events",
                RunRequest.WHOLE,
                DS,
                "simulator",
                "default",
                rows,
                bytes,
                entries,
                Instant.parse("2026-01-14T15:00:00Z"),
                Instant.parse("2026-01-15T15:00:00Z"),
                counts,
                "test",
                runId,
                1,
                Instant.parse("2026-01-16T00:00:00Z"));
        folder().publish(manifest);
        last = manifest;
        return manifest;
    }

    boolean isPublished() {
        return last != null;
    }

    /** Writes the published day into the books of the database, as transform-job does when it publishes. */
    public void writeDown(TestDatabase database) {
        Manifest manifest = Objects.requireNonNull(last, "publish it first");
        for (CheckedFile file : CheckedFile.of(manifest)) {
            database.execute("""
                    INSERT INTO ops.checked_file
                        (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                         lines, clean, rejected, rejected_by_reason, sha256)
                    VALUES ('%s', '%s', 'events', 'all', '%s', 1, 'landing', 'part', 'none', %d, %d, %d, '%s', '%s')
                    ON CONFLICT DO NOTHING""".formatted(
                            manifest.runId(),
                            file.file(),
                            DS,
                            file.lines(),
                            file.clean(),
                            file.rejected(),
                            Json.line(file.rejectedByReason()),
                            file.sha256()));
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
