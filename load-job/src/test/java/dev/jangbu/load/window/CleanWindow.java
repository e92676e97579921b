package dev.jangbu.load.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.LoadConfiguration;
import dev.jangbu.testkit.TestDatabase;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes an account's clean windows as transform-job does, and loads them. */
public final class CleanWindow {
    private final String dataset;
    private final Workspace workspace;
    private final TestDatabase database;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private String slice = CleanRow.ACCOUNT;
    private Map<String, Long> counts = Map.of();
    private LocalDate businessDate = LocalDate.of(2026, 3, 2);
    private Instant from = Instant.parse("2026-03-01T15:00:00Z");
    private Instant to = Instant.parse("2026-03-02T15:00:00Z");
    private int runs;

    public CleanWindow(String dataset, Path workspace, TestDatabase database) {
        this.dataset = dataset;
        this.workspace = new Workspace(workspace);
        this.database = database;
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)" + " VALUES ('"
                + CleanRow.ACCOUNT + "', 'hlog', 'CAFE24', 'hlogdemo') ON CONFLICT DO NOTHING");
    }

    CleanWindow ofSlice(String other) {
        slice = other;
        return this;
    }

    CleanWindow counting(String name, long count) {
        counts = Map.of(name, count);
        return this;
    }

    /** The window of a business date, and of that day in Seoul. */
    public CleanWindow on(String day) {
        businessDate = LocalDate.parse(day);
        from = businessDate.atStartOfDay().toInstant(java.time.ZoneOffset.ofHours(9));
        to = from.plusSeconds(86_400);
        return this;
    }

    /** From an earlier day on. */
    CleanWindow since(String day) {
        from = LocalDate.parse(day).atStartOfDay().toInstant(java.time.ZoneOffset.ofHours(9));
        return this;
    }

    /** Publishes the rows, one file a table, and loads them. */
    public ExitCode load(CleanRow... rows) {
        publish(rows);
        return load(database.environment());
    }

    public ExitCode load(Map<String, String> environment) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        RunRequest request = new RunRequest("load-job", dataset, slice, businessDate, "1", workspace);
        return new JobRunner(environment, Clock.systemUTC(), out, false).run(request, LoadConfiguration.class);
    }

    String lastLine() {
        List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }

    Manifest publish(CleanRow... rows) {
        Map<String, List<CleanRow>> byTable = new LinkedHashMap<>();
        Arrays.stream(rows).forEach(row -> byTable.computeIfAbsent(row.table(), none -> new ArrayList<>())
                .add(row));
        DayFolder folder = workspace.clean(dataset, slice, businessDate);
        String runId = "20260303T00000000%dZ-0000000%d".formatted(runs, runs);
        runs++;
        Path run = folder.newRunFolder(runId);
        List<Manifest.Entry> entries = new ArrayList<>();
        byTable.forEach((table, of) -> entries.add(write(run, runId, table, of)));
        Manifest manifest = new Manifest(
                "transform-job",
                dataset,
                slice,
                businessDate,
                "cafe24",
                "cafe24",
                rows.length,
                entries.stream().mapToLong(Manifest.Entry::bytes).sum(),
                entries,
                from,
                to,
                counts,
                "test",
                runId,
                1,
                Instant.parse("2026-03-03T00:00:00Z"));
        folder.publish(manifest);
        writeDown(manifest);
        return manifest;
    }

    private static Manifest.Entry write(Path run, String runId, String table, List<CleanRow> rows) {
        StringBuilder csv = new StringBuilder(rows.get(0).header());
        rows.forEach(row -> csv.append(row.line()));
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        String name = table + "-00000.csv";
        try {
            Files.write(run.resolve(name), bytes);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Manifest.Entry(runId + "/" + name, rows.size(), bytes.length, sha256);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void writeDown(Manifest manifest) {
        for (CheckedFile file : CheckedFile.of(manifest)) {
            database.execute("""
                    INSERT INTO ops.checked_file
                        (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                         lines, clean, rejected, rejected_by_reason, sha256)
                    VALUES ('%s', '%s', '%s', '%s', '%s', 1, 'landing', 'part', 'none', %d, %d, %d, '%s', '%s')""".formatted(
                            manifest.runId(),
                            file.file(),
                            dataset,
                            slice,
                            businessDate,
                            file.lines(),
                            file.clean(),
                            file.rejected(),
                            Json.line(file.rejectedByReason()),
                            file.sha256()));
        }
    }
}
