package dev.jangbu.transform;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.records.CsvLine;
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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A workspace with an account's landing of a dataset, and the job run on it inside this JVM. */
record RecordsFixture(TestDatabase database, Path root, String dataset, String slice, String profile) {
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final String OBSERVED_AT = "2026-03-02T15:00:05.123Z";
    private static final String LANDING_RUN = "20260303T000000000Z-00000000";

    static RecordsFixture orders(TestDatabase database, Path root, String account, String profile) {
        return new RecordsFixture(database, root, "orders", account, profile);
    }

    /** A landing line of a record. */
    static String line(String record) {
        return "{\"observed_at\":\"" + OBSERVED_AT + "\",\"record\":" + record + "}";
    }

    void land(String... records) {
        land(Map.of(), List.of(Arrays.stream(records).map(RecordsFixture::line).toList()));
    }

    /** Publishes a landing of these parts, each a list of lines. */
    void land(Map<String, Long> counts, List<List<String>> parts) {
        Workspace workspace = new Workspace(root);
        DayFolder folder = workspace.landing(dataset, slice, DAY);
        Path run = folder.newRunFolder(LANDING_RUN);
        List<Manifest.Entry> entries = new ArrayList<>();
        for (List<String> lines : parts) {
            entries.add(entry(run, "part-%05d.jsonl".formatted(entries.size()), lines));
        }
        BusinessCalendar seoul = BusinessCalendar.seoul();
        folder.publish(new Manifest(
                "extract-job",
                dataset,
                slice,
                DAY,
                profile,
                profile,
                entries.stream().mapToLong(Manifest.Entry::rows).sum(),
                entries.stream().mapToLong(Manifest.Entry::bytes).sum(),
                entries,
                seoul.startOf(DAY),
                seoul.endOf(DAY),
                counts,
                "0.1.0",
                LANDING_RUN,
                1,
                seoul.endOf(DAY)));
    }

    JobFixture.Ended run() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JobRunner runner = new JobRunner(
                database.environment(), Clock.systemUTC(), new PrintStream(out, true, StandardCharsets.UTF_8), false);
        ExitCode code = runner.run(
                new RunRequest("transform-job", dataset, slice, DAY, "1", new Workspace(root)),
                RecordsConfiguration.class,
                new TransformOptions("", false));
        return new JobFixture.Ended(code, out.toString(StandardCharsets.UTF_8));
    }

    DayFolder clean() {
        return new Workspace(root).clean(dataset, slice, DAY);
    }

    DayFolder rejects() {
        return new Workspace(root).rejects(dataset, slice, DAY);
    }

    Path report() {
        return new Workspace(root).qualityReport(dataset, slice, DAY);
    }

    /** The published clean files of a table, one after the other, each with its header. */
    String csv(String table) {
        return content(clean(), table);
    }

    /** The rows of a table, each as its columns by name; an unquoted nothing is left out. */
    List<Map<String, String>> rows(String table) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> header = List.of();
        for (String line : csv(table).lines().toList()) {
            List<String> values = CsvLine.split(line);
            if (values.get(0).equals("account_id")) {
                header = values;
            } else {
                rows.add(row(header, values));
            }
        }
        return rows;
    }

    /** The published rejected or flagged lines. */
    String refused(String kind) {
        return content(rejects(), kind);
    }

    private static Map<String, String> row(List<String> header, List<String> values) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int column = 0; column < header.size(); column++) {
            if (!values.get(column).isEmpty()) {
                row.put(header.get(column), values.get(column));
            }
        }
        return row;
    }

    private static String content(DayFolder folder, String name) {
        StringBuilder content = new StringBuilder();
        for (Manifest.Entry entry : folder.read("run it").files()) {
            Path file = folder.resolve(entry);
            if (Objects.requireNonNull(file.getFileName()).toString().startsWith(name + "-")) {
                content.append(JobFixture.read(file));
            }
        }
        return content.toString();
    }

    private static Manifest.Entry entry(Path run, String name, List<String> lines) {
        byte[] content =
                lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(run.resolve(name), content);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return new Manifest.Entry(LANDING_RUN + "/" + name, lines.size(), content.length, sha256);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
