package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.load.retention.Policy;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class ErasureTest {
    private static final String ID = KnownDay.ID;

    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private TestDatabase database;
    private KnownDay day;

    ErasureTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void writeDay() throws Exception {
        day = new KnownDay(database, workspace);
        day.write();
    }

    @Test
    void aLoadedDayIsLeftWithoutThePersonAndItsSumsHold() throws Exception {
        day.load();
        database.execute("CREATE TABLE raw.raw_events_20260115_t7 AS SELECT * FROM raw.raw_events");

        assertThat(erase()).isEqualTo(ExitCode.DONE);
        List<String> landing = KnownDay.lines(day.landing(), "part-00000.jsonl");
        assertThat(landing).hasSize(6);
        assertThat(List.of(1, 2, 4)).allMatch(line -> landing.get(line).isEmpty());
        assertThat(KnownDay.lines(day.rejects(), "rejected-00000.jsonl"))
                .singleElement()
                .asString()
                .contains("\"line\":4")
                .contains("\"file\":\"" + day.landing().read("").runId() + "/part-00000.jsonl\"");
        assertThat(KnownDay.lines(day.rejects(), "flagged-00000.jsonl"))
                .singleElement()
                .asString()
                .contains("\"line\":1");
        assertThat(KnownDay.lines(day.corrections(), "corrections-part-00000.jsonl"))
                .singleElement()
                .asString()
                .contains("\"line\":6");
        assertThat(KnownDay.lines(day.clean(), "part-00000.csv")).hasSize(3);
        assertThat(day.clean().read("").counts())
                .containsEntry("lines", 3L)
                .containsEntry("rejected", 1L)
                .containsEntry("rejected.required_fields", 1L)
                .containsEntry("corrected", 1L)
                .containsEntry("erased", 3L);
        assertThat(database.rows("SELECT user_id, COUNT(*) FROM raw.raw_events GROUP BY 1"))
                .containsExactly("U000001|2");
        assertThat(database.value("SELECT TO_REGCLASS('raw.raw_events_20260115_t7') IS NULL"))
                .as("what a killed load left is gone")
                .isEqualTo("t");
        assertThat(database.rows("SELECT order_id FROM mart.mart_orders")).containsExactly("o2");
        assertThat(database.rows("SELECT user_id, event_type, until FROM hold.record"))
                .containsExactly(ID + "|purchase|2031-01-15");
        assertThat(database.rows(
                        "SELECT lines_read, clean, rejected, rejected_by_reason FROM ops.load_log ORDER BY token"))
                .containsExactly("6|4|2|{\"required_fields\": 2}", "3|2|1|{\"required_fields\": 1}");
        assertThat(database.rows("SELECT line, file = '"
                        + day.landing().read("").runId() + "/part-00000.jsonl' FROM ops.rejected_record"))
                .containsExactly("4|t");
        assertThat(database.value("SELECT reason_for FROM ops.replay_log")).isEqualTo("(erased) asked");
        assertThat(database.value("SELECT state FROM ops.v_books")).isEqualTo("marts are missing");
        assertThat(filesNaming()).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("held apart by law")
                .contains("\"rebuild\":[\"2026-01-15\"]")
                .doesNotContain(ID);

        said.reset();
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("nothing to do: erased before by ");
        assertThat(database.value("SELECT COUNT(*) FROM ops.load_log")).isEqualTo("2");
    }

    @Test
    void anErasureThatEndedBeforeItsLandingWasPublishedIsEndedByTheNext() throws Exception {
        day.load();
        database.execute("""
                CREATE FUNCTION ops.end_here() RETURNS TRIGGER LANGUAGE plpgsql AS
                $$ BEGIN RAISE 'ended here'; END $$""");
        database.execute("""
                CREATE TRIGGER end_here BEFORE UPDATE OF published_token ON ops.run_lock FOR EACH ROW
                WHEN (new.job = 'extract-job') EXECUTE FUNCTION ops.end_here()""");
        assertThatThrownBy(this::erase).hasMessageContaining("ended here");
        assertThat(database.value("SELECT state FROM ops.v_books")).isEqualTo("load is older than the check");
        database.execute("DROP TRIGGER end_here ON ops.run_lock");

        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(database.value("SELECT state FROM ops.v_books")).isEqualTo("marts are missing");
        assertThat(database.rows("""
                SELECT landing_run_id FROM ops.checked_file ORDER BY token DESC LIMIT 1""")).containsExactly(day.landing().read("").runId());
        assertThat(filesNaming()).isZero();
    }

    @Test
    void aRefusedDayKeepsItsVerdictAndTheLoadBeforeIt() throws Exception {
        day.load();
        day.verdict("fail");
        day.clean().withdraw("refused");

        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT file, lines_read, clean, rejected FROM ops.load_log ORDER BY token"))
                .last()
                .isEqualTo("(rows left in the table)|4|2|2");
        assertThat(database.value("SELECT state FROM ops.v_books")).isEqualTo("quality failed");
        assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events")).isEqualTo("2");
        try (Stream<Path> left = Files.list(day.clean().path())) {
            assertThat(left).allMatch(path -> path.endsWith("withdrawn.txt"));
        }
    }

    @Test
    void aDayThatWasNeverLoadedIsErasedFromItsFiles() throws Exception {
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(filesNaming()).isZero();
        assertThat(database.value("SELECT COUNT(*) FROM ops.load_log")).isEqualTo("0");
    }

    @Test
    void whatIsHeldOrNotOursIsNamedAndTheNextErasureGoesOn() throws Exception {
        day.load();
        Path export = Files.writeString(workspace.resolve("export.txt"), "for " + ID);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('jangbu:load-job/events/all/2026-01-15', 0))");
            assertThat(erase()).isEqualTo(ExitCode.HELD);
        }
        said.reset();
        assertThat(erase()).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("the person is still named in export.txt")
                .contains("to be removed by hand");
        Files.delete(export);
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT finished_at IS NOT NULL, held FROM ops.erasure"))
                .containsExactly("t|1");
    }

    @Test
    void aDryRunSaysWhereThePersonIsAndChangesNothing() throws Exception {
        day.load();

        assertThat(erasure().plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("would erase from 1 days:")
                .contains("landing=2")
                .contains("raw.raw_events=2");
        assertThat(database.value("SELECT COUNT(*) FROM ops.erasure")).isEqualTo("0");
    }

    @Test
    void aBrokenManifestLeavesTheDayAndSaysSo() throws Exception {
        day.load();
        Files.delete(day.landing().resolve(day.landing().read("").files().get(0)));

        assertThat(erase()).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("missing, though")
                .contains("erase again");
    }

    /** What load-job cannot read: the erasure waits for who can, and for the very state that is there. */
    @Test
    void whereThereIsALakeNothingIsProvedBeforeItWasLookedThrough() throws Exception {
        day.load();
        database.execute(
                "INSERT INTO lake.iceberg_tables VALUES ('lake', '', 'events', 'file:/lake/1.json', NULL, 'TABLE')");
        Files.createDirectories(workspace.resolve("lake/events/data"));
        Files.writeString(workspace.resolve("lake/events/data/1.parquet"), ID);
        Path sessions = workspace.resolve("aggregates/events/2026-01-15/r/session_sequences.csv/part-00000.csv");
        Files.createDirectories(sessions.getParent());
        Files.writeString(sessions, ID);

        assertThat(erase()).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("lake.events and aggregates: not looked through; `bin/jangbu erase` and `make erase` do it,"
                        + " or `spark-job erase --subject` and then this again\n")
                .contains("\"spark\":[\"lake.events\",\"aggregates\"]", "\"rebuild\":[\"2026-01-15\"]");
        assertThat(database.value("SELECT finished_at IS NULL FROM ops.erasure"))
                .isEqualTo("t");

        searched("aggregates", "", 10);
        searched("lake.events", "file:/lake/0.json", 2);
        assertThat(erase()).as("the lake became another since").isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"spark\":[\"lake.events\"]");

        searched("lake.events", "file:/lake/1.json", 2);
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains(" files and every table, 10 files of aggregates, 2 rows of lake.events; nothing names the"
                        + " person any more");
        String id = database.value("SELECT erasure_id FROM ops.erasure");
        assertThat(Files.readString(workspace.resolve("reports/erasure/" + id + ".json")))
                .contains(
                        "\"aggregates\" : \"10 files\"",
                        "\"lake.events\" : \"2 rows, all there are in the only state, file:/lake/1.json\"");

        said.reset();
        assertThat(erase()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("nothing to do: erased before by " + id);
    }

    @Test
    void aSearchThatWasBeforeTheLastLineWentProvesNothing() throws Exception {
        Files.createDirectories(workspace.resolve("aggregates/events/2026-01-15"));
        Files.writeString(workspace.resolve("aggregates/events/2026-01-15/manifest.json"), "{}");
        assertThat(erase()).isEqualTo(ExitCode.FAILED);
        database.execute(
                "INSERT INTO ops.erasure_search SELECT erasure_id, 'aggregates', '', 1, started_at FROM ops.erasure");

        assertThat(erase()).isEqualTo(ExitCode.FAILED);

        searched("aggregates", "", 1);
        assertThat(erase()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aLakeThatIsNobodysIsToBeRemovedByHand() throws Exception {
        Path file = workspace.resolve("lake/events/data/1.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "PAR1");

        assertThat(erase()).isEqualTo(ExitCode.FAILED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("the person is still named in lake; files that are not ours are to be removed by hand");
        Files.delete(file);
        assertThat(erase()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aDryRunSaysThatSparkJobWouldLookToo() throws Exception {
        database.execute(
                "INSERT INTO lake.iceberg_tables VALUES ('lake', '', 'events', 'file:/lake/1.json', NULL, 'TABLE')");

        assertThat(erasure().plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .contains("would have spark-job look through lake.events")
                .last()
                .asString()
                .contains("\"dry_run\":true", "\"spark\":[\"lake.events\"]");
    }

    private void searched(String place, String state, int count) {
        database.execute("INSERT INTO ops.erasure_search SELECT erasure_id, '" + place + "', '" + state + "', " + count
                + " FROM ops.erasure");
    }

    private ExitCode erase() throws SQLException, IOException {
        return erasure().run();
    }

    private Erasure erasure() {
        return erasure(ID);
    }

    private Erasure erasure(String subject) {
        Clock clock = Clock.systemUTC();
        Erasing erasing = new Erasing(
                RunFolders.newRunId(clock.instant()),
                Subject.parse(subject),
                Policy.read(null),
                LocalDate.of(2026, 11, 21),
                day.workspace(),
                database.environment(),
                clock);
        Database jobs = new Database(
                DatabaseSettings.from(database.environment(), day.workspace()),
                BusinessCalendar.seoul(),
                "jangbu:test");
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Erasure(erasing, jobs, new Erasure.Request("me", "letter of " + ID), out);
    }

    private long filesNaming() throws IOException {
        try (Stream<Path> tree = Files.walk(workspace)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> text(file).contains(ID))
                    .count();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
