package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person is removed from every place: what is left is what would be there had they never come. */
@ExtendWith(PostgresExtension.class)
class EraseIT {
    private static final String DS = "2026-01-15";
    private static final String ID = PlantedPerson.ID;
    private static final int KILLS = 6;
    private static final long SEED = 20_261_121;
    private static final Pattern BASE64 = Pattern.compile("\"raw_base64\":\"([^\"]+)\"");

    @TempDir
    private Path workspace;

    private int simulated;

    @Test
    void nothingIsLeftOfAPersonButWhatTheLawHolds(TestDatabase without, TestDatabase with) throws Exception {
        Pipeline never = never(without);
        Map<String, String> expected = never.checksums();
        Pipeline pipeline = planted(with, "with");
        assertThat(pipeline.checksums()).isNotEqualTo(expected);
        long held = Long.parseLong(with.value(
                "SELECT COUNT(*) FROM raw.raw_events WHERE event_type = 'purchase' AND user_id = '" + ID + "'"));
        assertThat(held).isPositive();

        String dry =
                pipeline.run("load-job", "erase", "--subject", ID, "--dry-run").output();
        assertThat(dry).contains("would erase from 1 days:").contains("raw.raw_events");
        assertThat(rowsNaming(with)).isNotEmpty();

        JsonNode summary = erase(pipeline, 0);
        assertThat(summary.path("days").toString()).isEqualTo("[\"" + DS + "\"]");
        assertThat(summary.path("rebuild").toString()).isEqualTo("[\"" + DS + "\"]");
        assertThat(summary.path("held").longValue()).isEqualTo(held);
        assertThat(with.value("SELECT state FROM ops.v_books")).isEqualTo("marts are older than the load");
        assertThat(rowsNaming(with)).isEmpty();
        assertThat(filesNaming(pipeline.workspace())).isEmpty();

        pipeline.marts(DS);
        assertThat(with.rows("SELECT state, balances FROM ops.v_books")).containsExactly("balances|t");
        assertThat(pipeline.checksums()).isEqualTo(expected);
        assertThat(with.value("SELECT COUNT(*) || ' ' || MIN(until) || ' ' || MIN(user_id) FROM hold.record"))
                .isEqualTo(held + " 2031-01-15 " + ID);
        assertThat(with.value("SELECT BOOL_AND(lines_read = clean + rejected) FROM ops.load_log"))
                .isEqualTo("t");
        JsonNode proof = Json.mapper()
                .readTree(Files.readAllBytes(pipeline.workspace()
                        .resolve("reports/erasure/" + summary.path("erasure").stringValue() + ".json")));
        assertThat(proof.path("request").stringValue()).isEqualTo("letter 7 of (erased)");
        assertThat(proof.path("removed").longValue())
                .isEqualTo(summary.path("removed").longValue());

        String before = with.value("SELECT COUNT(*) FROM ops.load_log");
        assertThat(erase(pipeline, 0).path("removed").longValue()).isZero();
        assertThat(with.value("SELECT COUNT(*) FROM ops.load_log")).isEqualTo(before);

        // An ordinary run of what is left gives the same, and so does the source, which still has the person.
        pipeline.transform(DS);
        finish(pipeline);
        assertThat(pipeline.checksums()).isEqualTo(expected);
        extract(pipeline, workspace.resolve("with.jsonl"));
        pipeline.transform(DS);
        finish(pipeline);
        assertThat(pipeline.checksums()).isEqualTo(expected);
        assertThat(with.rows("SELECT state FROM ops.v_books")).containsExactly("balances");
        assertThat(rowsNaming(with)).isEmpty();
        assertThat(filesNaming(pipeline.workspace())).isEmpty();
        assertThat(Long.parseLong(with.value("SELECT facts -> 'counts' ->> 'erased' FROM ops.pipeline_run_log"
                        + " WHERE job = 'extract-job' ORDER BY started_at DESC LIMIT 1")))
                .isGreaterThan(10);
    }

    @Test
    void killedErasuresAreEndedByTheNext(TestDatabase without, TestDatabase with) throws Exception {
        Map<String, String> expected = never(without).checksums();
        Pipeline pipeline = planted(with, "killed");
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            JobJar.Running running = pipeline.start("load-job", "erase", "--subject", ID);
            running.process().waitFor(500 + random.nextLong(2_500), TimeUnit.MILLISECONDS);
            running.process().destroyForcibly().waitFor();
        }
        erase(pipeline, 0);
        assertThat(rowsNaming(with)).as("seed %d", SEED).isEmpty();
        assertThat(filesNaming(pipeline.workspace())).as("seed %d", SEED).isEmpty();
        pipeline.load(DS);
        pipeline.marts(DS);
        assertThat(pipeline.checksums()).as("seed %d", SEED).isEqualTo(expected);
        assertThat(with.rows("SELECT state FROM ops.v_books"))
                .as("seed %d", SEED)
                .containsExactly("balances");
    }

    @Test
    void aDayThatIsHeldIsLeftForTheNextErasureByTheJobsOwnLogIn(TestDatabase with) throws Exception {
        with.execute("""
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jobs_login') THEN
                        CREATE ROLE jobs_login LOGIN IN ROLE jangbu_job, jangbu_loader, jangbu_mart;
                    END IF;
                END
                $$""");
        Pipeline pipeline = planted(new TestDatabase(with.url(), "jobs_login"), "held");
        try (Connection other = with.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('jangbu:load-job/events/all/" + DS + "', 0))");
            JsonNode summary = erase(pipeline, 12);
            assertThat(summary.path("message").stringValue())
                    .contains("load-job/events/all/" + DS + ": held by")
                    .contains("erase again")
                    .doesNotContain(ID);
            assertThat(with.value("SELECT COUNT(*) FROM ops.pipeline_run_log WHERE attempt = 'erase'"))
                    .isEqualTo("0");
            assertThat(with.rows("SELECT state FROM ops.v_books")).containsExactly("balances");
        }
        erase(pipeline, 0);
        assertThat(rowsNaming(with)).isEmpty();
        assertThatThrownBy(() -> new TestDatabase(with.url(), "jobs_login").rows("SELECT 1 FROM hold.record"))
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThat(pipeline.run("load-job", "retain", "--as-of", "2026-01-20").exitCode())
                .isZero();
    }

    @Test
    void badInputIsOneLine(TestDatabase database) {
        Pipeline pipeline = new Pipeline(database, workspace);

        assertThat(pipeline.run("load-job", "erase", "--subject", "a b").error().strip())
                .isEqualTo("--subject: no user id"
                        + " (expected: 1 to 64 letters, digits, dots, colons, dashes or underscores)");
        pipeline.expect(2, "load-job", "erase");
        pipeline.expect(2, "load-job", "erase", "--subject", ID, "--policy", "nowhere.yml");
    }

    private Pipeline never(TestDatabase database) throws IOException {
        Path day = people(database).without(workspace.resolve("without.jsonl"));
        Pipeline pipeline = new Pipeline(database, workspace.resolve("never"));
        extract(pipeline, day);
        pipeline.transform(DS);
        finish(pipeline);
        return pipeline;
    }

    private PlantedPerson people(TestDatabase database) {
        Pipeline shop = new Pipeline(database, workspace.resolve("simulated-" + simulated++));
        shop.simulate(DS, "--users", "600");
        return new PlantedPerson(shop.lines("landing", "part-"));
    }

    /** The person in the files and tables of a day that was corrected, extracted and checked more than once. */
    private Pipeline planted(TestDatabase database, String name) throws IOException {
        Path day = people(database).with(workspace.resolve("with.jsonl"));
        Pipeline pipeline = new Pipeline(database, workspace.resolve(name));
        Path fix = Files.writeString(workspace.resolve("fix.yml"), PlantedPerson.FIX);
        extract(pipeline, day);
        pipeline.transform(DS);
        extract(pipeline, day);
        pipeline.transform(DS);
        pipeline.expect(
                0,
                "transform-job",
                "replay",
                "events",
                "--ds",
                DS,
                "--mapping",
                fix.toString(),
                "--why",
                ID + " asked");
        finish(pipeline);
        pipeline.expect(0, "mart-job", "report", "--ds", DS);
        pipeline.expect(
                0, "mart-job", "dashboard", "--days", "7", "--out", pipeline.workspace() + "/reports/dashboard.html");
        return pipeline;
    }

    private static void extract(Pipeline pipeline, Path input) {
        pipeline.expect(0, "extract-job", "events", "--ds", DS, "--source", "files", "--input", input.toString());
    }

    private static void finish(Pipeline pipeline) {
        pipeline.load(DS);
        pipeline.marts(DS);
    }

    private static JsonNode erase(Pipeline pipeline, int exitCode) {
        String summary = pipeline.expect(
                exitCode, "load-job", "erase", "--subject", ID, "--request", "letter 7 of " + ID, "--by", "on call");
        return Json.mapper().readTree(summary);
    }

    /** Every table but those of the hold, every row, as text. */
    private static List<String> rowsNaming(TestDatabase database) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : database.rows("SELECT schemaname || '.' || tablename FROM pg_tables"
                + " WHERE schemaname NOT IN ('hold', 'pg_catalog', 'information_schema')")) {
            found.addAll(database.rows("SELECT '" + table + ": ' || CAST(t AS TEXT) FROM " + table
                    + " AS t WHERE STRPOS(CAST(t AS TEXT), '" + ID + "') > 0"));
        }
        for (String coded : database.rows("SELECT raw_base64 FROM ops.rejected_record WHERE raw_base64 IS NOT NULL")) {
            String raw = new String(Base64.getDecoder().decode(coded), StandardCharsets.ISO_8859_1);
            if (raw.contains(ID)) {
                found.add("ops.rejected_record: base64");
            }
        }
        return found;
    }

    /** Every file below the workspace, unpacked. */
    private static List<String> filesNaming(Path workspace) throws IOException {
        try (Stream<Path> tree = Files.walk(workspace)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> names(text(file)))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean names(String text) {
        if (text.contains(ID) || text.contains("\\u0055" + ID.substring(1))) {
            return true;
        }
        Matcher coded = BASE64.matcher(text);
        while (coded.find()) {
            if (new String(Base64.getDecoder().decode(coded.group(1)), StandardCharsets.ISO_8859_1).contains(ID)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new java.util.zip.GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
