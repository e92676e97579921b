package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A password and people's numbers are planted, in good records and in bad ones; then everything people and machines read
 * beside the data itself is searched for them: output, reports, summaries, manifests, the marts, {@code ops}, Spring Batch.
 * The data's own places keep what the shop sent: landing, clean, rejects, {@code raw}.
 */
@ExtendWith(PostgresExtension.class)
class PlantedSecretsIT {
    private static final String DS = "2026-01-15";
    private static final String PASSWORD = "planted-pAssword-5d1e";
    private static final String RESIDENT = "900101-1234567";
    private static final String CARD = "4111-1111-1111-1111";
    private static final String PHONE = "010-1234-5678";
    private static final String MAIL = "hong.gildong@example.com";
    private static final List<String> PLANTED = List.of(PASSWORD, RESIDENT, CARD, PHONE, MAIL, "gildong");
    private static final int GOOD_RECORDS = 2_000;

    @TempDir
    private Path workspace;

    private final Map<String, String> read = new TreeMap<>();

    @Test
    void nothingThatIsReadBesideTheDataShowsThem(TestDatabase database) throws IOException {
        Map<String, String> settings = settings(database);
        Path good = events("good.jsonl", 0);
        Path bad = events("bad.jsonl", GOOD_RECORDS / 10);

        day(settings, good, 0);
        day(settings, bad, 10);
        run(settings, 2, "load-job", "events", "--ds", MAIL);
        settings.put("JANGBU_DB_URL", "jdbc:postgresql://127.0.0.1:1/jangbu");
        run(settings, 11, "load-job", "events", "--ds", DS);
        readFiles("reports");
        readFiles("runs");
        workspaceFiles("landing", "manifest.json");
        workspaceFiles("clean", "manifest.json");
        readTables(database);

        assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events WHERE search_query = '" + PHONE + "'"))
                .as("planted records that were loaded")
                .isEqualTo(String.valueOf(GOOD_RECORDS));
        assertThat(read).hasSizeGreaterThan(30);
        read.forEach((place, text) -> assertThat(text).as(place).doesNotContain(PLANTED));
    }

    private Map<String, String> settings(TestDatabase database) throws IOException {
        Path secret = Files.writeString(workspace.resolve("password"), PASSWORD);
        Map<String, String> settings = new HashMap<>(database.environment());
        settings.put("JANGBU_DB_PASSWORD_FILE", secret.toString());
        settings.put("JANGBU_WORKSPACE", workspace.toString());
        return settings;
    }

    private void day(Map<String, String> settings, Path events, int verdict) {
        run(settings, 0, "extract-job", "events", "--ds", DS, "--source", "files", "--input", events.toString());
        run(settings, verdict, "transform-job", "events", "--ds", DS);
        if (verdict == 0) {
            run(settings, 0, "load-job", "events", "--ds", DS);
            run(settings, 0, "mart-job", "build", "--mart", "all", "--ds", DS);
        }
        run(settings, 0, "mart-job", "report", "--ds", DS);
        run(settings, 0, "mart-job", "jobs", "show", "--ds", DS);
        run(settings, 0, "mart-job", "dashboard", "--days", "7", "--out", workspace + "/reports/dashboard.html");
    }

    private void run(Map<String, String> settings, int exitCode, String job, String... arguments) {
        JobJar.Ended ended = JobJar.ofNeighbour(job).with(settings).run(arguments);
        assertThat(ended.exitCode())
                .as("%s %s%n%s%s", job, String.join(" ", arguments), ended.output(), ended.error())
                .isEqualTo(exitCode);
        if (exitCode != 2) {
            read.put("output of " + job + " " + arguments[0] + " #" + read.size(), ended.output() + ended.error());
        }
    }

    /** Good records carry them where free text may be, bad ones also where the checks will show what they found. */
    private Path events(String name, int bad) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < GOOD_RECORDS; number++) {
            lines.add(event(number, "web", "\"memo\":\"" + RESIDENT + "\",\"buyer\":{\"mail\":\"" + MAIL + "\"}"));
        }
        for (int number = 0; number < bad; number++) {
            int id = GOOD_RECORDS + number;
            lines.add(
                    switch (number % 5) {
                        case 0 -> event(id, MAIL, "\"memo\":1");
                        case 1 -> event(id, "web", "\"page_number\":\"" + CARD + "\"");
                        case 2 -> event(id, "web", "\"os\":\"" + RESIDENT + "\"");
                        case 3 -> "{" + PHONE + " " + MAIL;
                        default ->
                            event(id, "web", "\"timestamp\":\"" + PHONE + "\"")
                                    .replaceFirst("\"timestamp\":[^,]*,", "");
                    });
        }
        return Files.write(workspace.resolve(name), lines);
    }

    private static String event(int number, String platform, String more) {
        return "{\"event_id\":\"00000000-0000-4000-8000-" + String.format("%012d", number)
                + "\",\"event_type\":\"search\",\"user_id\":\"U000001\",\"session_id\":\"S1\",\"timestamp\":\"" + DS
                + "T12:00:00\",\"platform\":\"" + platform + "\",\"device_type\":\"desktop\",\"search_query\":\""
                + PHONE
                + "\",\"result_count\":1," + more + "}";
    }

    private void readFiles(String area) {
        workspaceFiles(area, "");
    }

    private void workspaceFiles(String area, String name) {
        try (Stream<Path> tree = Files.walk(workspace.resolve(area))) {
            for (Path file : tree.filter(Files::isRegularFile)
                    .filter(path -> path.getFileName().toString().endsWith(name))
                    .toList()) {
                read.put(
                        workspace.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every table beside the data's own; the last one holds rejected lines as they came, and analysts may not see it. */
    private void readTables(TestDatabase database) {
        for (String table : database.rows("SELECT schemaname || '.' || tablename FROM pg_tables"
                + " WHERE schemaname IN ('mart', 'ops', 'batch') AND tablename <> 'rejected_record'")) {
            read.put(table, String.join("\n", database.rows("SELECT CAST(t AS TEXT) FROM " + table + " AS t")));
        }
    }
}
