package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import tools.jackson.databind.JsonNode;

/** Puts days into a lake through the real runner, and reads it. */
public final class LakeRun {
    private final TestDatabase database;
    private final Workspace workspace;
    private final LakeSettings lake;
    private JsonNode summary = Json.mapper().createObjectNode();

    public LakeRun(TestDatabase database, Path folder) {
        this.database = database;
        this.workspace = new Workspace(folder);
        this.lake = LakeSettings.from(database.environment(), workspace);
    }

    LakeSettings lake() {
        return lake;
    }

    public ExitCode put(LocalDate day) {
        return run("lake", day, LakePutConfiguration.class, TestSpark.start(), lake);
    }

    ExitCode restore(LocalDate day, Instant asOf) {
        return run("lake", day, LakeRestoreConfiguration.class, TestSpark.start(), lake, new AsOf(asOf));
    }

    ExitCode rollback(long snapshot) {
        LocalDate today = LocalDate.parse("2026-02-01");
        return run("lake-rollback", today, LakeRollbackConfiguration.class, lake, new TableRollback.Target(snapshot));
    }

    private ExitCode run(String slice, LocalDate day, Class<?> configuration, Object... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        RunRequest request = new RunRequest("spark-job", "events", slice, day, "1", workspace);
        ExitCode code = new JobRunner(database.environment(), Clock.systemUTC(), stream, true)
                .run(request, configuration, options);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        summary = Json.mapper().readTree(lines.get(lines.size() - 1));
        if (code != ExitCode.DONE) {
            System.out.println(out.toString(StandardCharsets.UTF_8));
        }
        return code;
    }

    String fact(String name) {
        return summary.has(name) ? summary.get(name).asString() : "none";
    }

    /** The table, of a query that has {@code lake.events}. */
    public List<String> rows(String sql) {
        SparkSession session = lake.session(TestSpark.session());
        return TestSpark.rows(session.sql(sql));
    }

    /** What a day holds: type and user of each event. */
    List<String> day(LocalDate day) {
        return rows("SELECT event_type, user_id FROM lake.events WHERE event_date = DATE '" + day + "' ORDER BY ALL");
    }

    List<LakeSnapshot> history() {
        try (LakeCatalog catalog = lake.open()) {
            return EventsTable.find(catalog).map(EventsTable::history).orElse(List.of());
        }
    }

    /** The history's words but for ids, times and runs. */
    List<String> told() {
        return history().stream()
                .map(state -> state.action() + " " + state.day() + " " + state.rows() + " " + state.state())
                .toList();
    }

    /** Data files of a day, known or not; none before the first is begun. */
    List<Path> files(LocalDate day) {
        Path folder = Path.of(java.net.URI.create(lake.warehouse())).resolve("events/data/event_date=" + day);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
