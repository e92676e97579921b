package dev.jangbu.spark.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.erased.SubjectKey;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.erase.Subject;
import dev.jangbu.load.spark.SparkPlaces;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.spark.aggregate.AggregatedDays;
import dev.jangbu.spark.lake.LakeRun;
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

/** A person taken out of the lake and of aggregates, after load-job erased them from the day's files. */
@ExtendWith(PostgresExtension.class)
class SparkErasureTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final LocalDate NEXT = DAY.plusDays(1);
    private static final String ID = "U990001";
    private static final Event THEIRS = Event.of("click " + ID + " S1 2026-01-15T10:00:00 web P0001");
    private static final Event ANOTHERS = Event.of("click U2 S2 2026-01-15T11:00:00 web P0001");
    private static final Event LATER = Event.of("page_view U2 S3 2026-01-16T00:00:00 web");

    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private TestDatabase database;
    private LakeRun lake;

    SparkErasureTest(TestDatabase database) {
        this.database = database;
        this.lake = new LakeRun(database, Path.of("."));
    }

    @BeforeEach
    void open() {
        lake = new LakeRun(database, workspace);
    }

    @Test
    void rowsGoInACommitOfTheirDayAndNoFormerStateIsLeft() throws Exception {
        putBoth(ID);
        new CleanDay(workspace, DAY)
                .file(THEIRS, ANOTHERS, ANOTHERS.withId("another"))
                .publish();
        lake.put(DAY);
        Path left =
                Files.copy(dataFiles().get(0), dataFiles().get(0).resolveSibling("00000-9-of-a-killed-run.parquet"));
        begin(ID);

        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows("SELECT event_date, user_id FROM lake.events ORDER BY ALL"))
                .containsExactly("2026-01-15|U2", "2026-01-15|U2", "2026-01-16|U2");
        assertThat(lake.rows("SELECT operation, summary['jangbu.action'] FROM lake.events.snapshots"))
                .containsExactly("replace|forget");
        assertThat(lake.rows("SELECT status FROM lake.events.all_entries"))
                .as("no manifest names a file that was taken out, with the least user that was in it")
                .containsExactly("0", "0");
        assertThat(lake.rows("SELECT lower_bounds FROM lake.events.files")).containsExactly("Map()", "Map()");
        assertThat(left).doesNotExist();
        assertThat(dataFiles()).hasSize(2);
        assertThat(TestSpark.rows(TestSpark.session()
                        .read()
                        .parquet(dataFiles().stream().map(Path::toString).toArray(String[]::new))
                        .select("user_id")
                        .distinct()))
                .containsExactly("U2");
        assertThat(database.rows("SELECT business_date, place, lines_before, removed, lines_after FROM ops.erasure_log"
                        + " WHERE place <> 'clean'"))
                .containsExactly("2026-01-15|lake.events|3|1|2");
        assertThat(database.rows("SELECT place, searched, state = (SELECT metadata_location FROM lake.iceberg_tables)"
                        + " FROM ops.erasure_search"))
                .containsExactly("lake.events|3|t");
        assertThat(said())
                .contains("lake.events: 1 rows of 2026-01-15 erased")
                .contains("lake.events: 3 rows looked through, none names the person")
                .contains("\"status\":\"done\"", "\"lake_days\":[\"2026-01-15\"]")
                .doesNotContain(ID);
        assertThat(database.rows("SELECT slice, status FROM ops.pipeline_run_log WHERE attempt = 'erase' ORDER BY 1"))
                .containsExactly("lake|done", "lake-erase|done");
    }

    /** A day that was erased is no more what came from its files. */
    @Test
    void theDayIsPutAgainAfterwardsAndWhatIsFoundNowhereIsErasedTwice() throws Exception {
        putBoth(ID);
        begin(ID);
        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);
        new CleanDay(workspace, DAY).file(ANOTHERS).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows("SELECT event_date, user_id FROM lake.events ORDER BY ALL"))
                .containsExactly("2026-01-15|U2", "2026-01-16|U2");
        assertThat(database.rows("SELECT COUNT(*) FROM ops.erasure_log WHERE place = 'lake.events'"))
                .containsExactly("1");
    }

    /** An id that could be any number is a person's where a user is told, and nowhere else. */
    @Test
    void aNumberGoesWhereItIsAUser() throws Exception {
        new CleanDay(workspace, DAY)
                .file("search_query", "257597", List.of(ANOTHERS))
                .file(Event.of("click 257597 S1 2026-01-15T10:00:00 web P0001"))
                .file("extra", "{\"user_id\": \"257597\"}", List.of(ANOTHERS.withId("another")))
                .publish();
        lake.put(DAY);
        begin("257597");

        assertThat(erase("257597")).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows("SELECT user_id, search_query FROM lake.events")).containsExactly("U2|257597");
    }

    @Test
    void aDayThatIsPutMeanwhileIsWaitedFor() throws Exception {
        putBoth(ID);
        begin(ID);
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('jangbu:spark-job/events/lake/2026-01-15', 0))");
            assertThat(erase(ID)).isEqualTo(ExitCode.HELD);
        }
        assertThat(said()).contains("spark-job/events/lake/2026-01-15: held by ");
        assertThat(database.rows("SELECT 1 FROM ops.erasure_search")).isEmpty();

        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);
        assertThat(lake.rows("SELECT user_id FROM lake.events WHERE event_date = DATE '2026-01-15'"))
                .containsExactly("U2");
    }

    /** It read the day's files before the person went, and would write when all was looked through. */
    @Test
    void aRunThatBeganBeforeIsWaitedForThoughItsDayNamesNobody() throws Exception {
        putBoth(ID);
        begin(ID);
        database.execute("INSERT INTO ops.run_lock (job, dataset, slice, business_date, token, generation,"
                + " run_id, host, process_id, acquired_at)"
                + " VALUES ('spark-job', 'events', 'lake', '2026-01-20', 1, 1, 'r', 'h', 1, NOW())");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('jangbu:spark-job/events/lake/2026-01-20', 0))");
            assertThat(erase(ID)).isEqualTo(ExitCode.HELD);
        }
        assertThat(lake.rows("SELECT COUNT(*) FROM lake.events")).containsExactly("3");
        assertThat(erase(ID)).as("a dead one is taken over").isEqualTo(ExitCode.DONE);
    }

    @Test
    void aggregatesOfErasedDaysAreMadeAgainOrTakenAway() throws Exception {
        AggregatedDays days = days();
        new CleanDay(workspace, DAY).file(THEIRS, ANOTHERS).publish();
        makeAgain(days, DAY);
        new CleanDay(workspace, NEXT).file(LATER).publish();
        makeAgain(days, NEXT);
        String untouched = days.manifest(NEXT).orElseThrow().runId();
        LocalDate old = DAY.minusDays(1);
        new CleanDay(workspace, old)
                .file(Event.of("click " + ID + " S0 2026-01-14T10:00:00 web P0001"))
                .publish();
        makeAgain(days, old);
        begin(ID, DAY, old);
        new CleanDay(workspace, DAY).file(ANOTHERS).publish();
        new Workspace(workspace).clean("events", Workspace.WHOLE_DAY, old).withdraw("its time was over");

        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);

        assertThat(sessions(days, DAY)).containsExactly("S2");
        assertThat(days.manifest(NEXT).orElseThrow().runId()).isEqualTo(untouched);
        assertThat(days.manifest(old)).isEmpty();
        try (Stream<Path> files = Files.list(days.folder(old).path())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("withdrawn.txt");
        }
        assertThat(database.rows("SELECT business_date, removed > 0, lines_after, basis FROM ops.erasure_log"
                        + " WHERE place = 'aggregates' ORDER BY 1"))
                .containsExactly(
                        "2026-01-14|t|0|removed: a person was erased from the day, and there are neither clean files"
                                + " nor rows of the lake to make it again of",
                        "2026-01-15|t|" + days.manifest(DAY).orElseThrow().rows() + "|made again of the clean files");
        assertThat(database.rows("SELECT place FROM ops.erasure_search")).containsExactly("aggregates");
        String again = days.manifest(DAY).orElseThrow().runId();
        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);
        assertThat(days.manifest(DAY).orElseThrow().runId())
                .as("what was made after the erasure stays")
                .isEqualTo(again);
    }

    @Test
    void whereCleanFilesAreGoneTheLakeGivesTheDay() throws Exception {
        putBoth(ID);
        AggregatedDays days = days();
        makeAgain(days, DAY);
        new Workspace(workspace).clean("events", Workspace.WHOLE_DAY, DAY).withdraw("its time was over");
        begin(ID, DAY);

        assertThat(erase(ID)).isEqualTo(ExitCode.DONE);

        assertThat(sessions(days, DAY)).containsExactly("S2");
        assertThat(database.rows("SELECT basis FROM ops.erasure_log WHERE place = 'aggregates'"))
                .containsExactly("made again of the lake");
    }

    @Test
    void aFileAmongAggregatesThatIsNoneOfOursIsNamed() throws Exception {
        Path note = workspace.resolve("aggregates/note.txt");
        Files.createDirectories(note.getParent());
        Files.writeString(note, "for " + ID);
        begin(ID);

        assertThat(erase(ID)).isEqualTo(ExitCode.FAILED);
        assertThat(said()).startsWith(note + " names the person and is none of ours; remove it and erase again\n");
        assertThat(database.rows("SELECT 1 FROM ops.erasure_search")).isEmpty();
    }

    @Test
    void aPlanTellsDaysAndChangesNothing() throws Exception {
        putBoth(ID);

        assertThat(erasure(ID, "").plan()).isEqualTo(ExitCode.DONE);

        assertThat(said())
                .isEqualTo("would erase from 1 of 3 rows of lake.events, days [2026-01-15], and forget all its former"
                        + " states\n");
        assertThat(lake.rows("SELECT COUNT(*) FROM lake.events.snapshots")).containsExactly("2");
    }

    private void putBoth(String user) {
        new CleanDay(workspace, DAY)
                .file(Event.of("click " + user + " S1 2026-01-15T10:00:00 web P0001"), ANOTHERS)
                .publish();
        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);
        new CleanDay(workspace, NEXT).file(LATER).publish();
        assertThat(lake.put(NEXT)).isEqualTo(ExitCode.DONE);
    }

    /** As load-job leaves it: on record, and the person gone from the files of some days. */
    private void begin(String person, LocalDate... days) throws SQLException {
        try (Connection connection = database.connect()) {
            database.execute("INSERT INTO ops.erasure (erasure_id, subject_hash, requested_by, request, version)"
                    + " VALUES ('e1', '" + SubjectKey.read(connection).hash(person) + "', 'me', '', 'test')");
        }
        for (LocalDate day : days) {
            database.execute("INSERT INTO ops.erasure_log (erasure_id, dataset, business_date, place, file, run_id,"
                    + " lines_before, removed, lines_after) VALUES ('e1', 'events', '" + day
                    + "', 'clean', 'f', 'r', 2, 1, 1)");
        }
    }

    private ExitCode erase(String person) {
        return erasure(person, "e1").run();
    }

    private SparkErasure erasure(String person, String erasureId) {
        Workspace place = new Workspace(workspace);
        Database jobs = new Database(
                DatabaseSettings.from(database.environment(), place), BusinessCalendar.seoul(), "jangbu:test");
        Site site = new Site(Subject.parse(person), erasureId, jobs, place, database.environment(), Clock.systemUTC());
        try (Connection connection = database.connect()) {
            return new SparkErasure(site, SparkPlaces.read(connection, place), TestSpark.start(), out());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private AggregatedDays days() {
        return new AggregatedDays(new Workspace(workspace), database.environment(), TestSpark.start(), out());
    }

    private void makeAgain(AggregatedDays days, LocalDate day) {
        Site site = new Site(
                Subject.parse(ID),
                "",
                new Database(
                        DatabaseSettings.from(database.environment(), new Workspace(workspace)),
                        BusinessCalendar.seoul(),
                        "jangbu:test"),
                new Workspace(workspace),
                database.environment(),
                Clock.systemUTC());
        assertThat(days.makeAgain(site.request(AggregatedDays.SLICE, day), false))
                .isEqualTo(ExitCode.DONE);
    }

    private static List<String> sessions(AggregatedDays days, LocalDate day) {
        String[] files = days.manifest(day).orElseThrow().files().stream()
                .filter(entry -> entry.path().contains("/session_sequences/"))
                .map(entry -> days.folder(day).resolve(entry).toString())
                .toArray(String[]::new);
        return TestSpark.rows(TestSpark.session().read().parquet(files).select("session_id"));
    }

    private PrintStream out() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(workspace.resolve("lake/events/data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
