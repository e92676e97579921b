package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.TransformOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import tools.jackson.databind.JsonNode;

/** Aggregates days through the real runner, and reads what was published. */
final class AggregateRun {
    private final TestDatabase database;
    private final Workspace workspace;
    private JsonNode summary = Json.mapper().createObjectNode();

    AggregateRun(TestDatabase database, Path workspace) {
        this.database = database;
        this.workspace = new Workspace(workspace);
    }

    ExitCode of(LocalDate day) {
        return of(day, EventSource.CLEAN);
    }

    ExitCode of(LocalDate day, String source) {
        return of(day, source, "");
    }

    /** @param out a URL, or nothing for the workspace */
    ExitCode of(LocalDate day, String source, String out) {
        return of(day, source, out, new TransformOptions("", false));
    }

    ExitCode of(LocalDate day, String source, String target, TransformOptions judging) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        RunRequest request = new RunRequest("spark-job", "events", "aggregate", day, "1", workspace);
        ExitCode code = new JobRunner(database.environment(), Clock.systemUTC(), stream, false)
                .run(
                        request,
                        AggregateConfiguration.class,
                        TestSpark.start(),
                        EventSource.of(source, judging, database.environment()),
                        TableTarget.of(target, database.environment()));
        summary = Json.mapper()
                .readTree(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .reduce((before, last) -> last)
                        .orElseThrow());
        return code;
    }

    JsonNode summary() {
        return summary;
    }

    DayFolder folder(LocalDate day) {
        return WorkspacePlace.folder(workspace, "events", day);
    }

    Manifest manifest(LocalDate day) {
        return folder(day).read("run spark-job first");
    }

    /** A published table, by its Parquet files. */
    List<String> rows(String table, LocalDate day) {
        String[] files = files(table, day).stream().map(Path::toString).toArray(String[]::new);
        Dataset<Row> rows = TestSpark.session().read().parquet(files);
        return TestSpark.rows(rows);
    }

    /** A published table's CSV, all lines. */
    List<String> csv(String table, LocalDate day) {
        return files(table + ".csv", day).stream().flatMap(AggregateRun::lines).toList();
    }

    private List<Path> files(String table, LocalDate day) {
        return manifest(day).files().stream()
                .filter(entry -> entry.path().contains("/" + table + "/"))
                .map(folder(day)::resolve)
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
