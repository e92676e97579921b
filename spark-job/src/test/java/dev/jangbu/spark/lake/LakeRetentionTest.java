package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.retention.Policy;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Days, states and files of the lake whose time is over. */
@ExtendWith(PostgresExtension.class)
class LakeRetentionTest {
    private static final LocalDate OLD = LocalDate.parse("2022-11-20");
    private static final LocalDate KEPT = OLD.plusDays(1);
    /** Three years after the day that is kept. */
    private static final LocalDate AS_OF = LocalDate.parse("2025-11-21");

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final TestDatabase database;
    private LakeRun lake;

    LakeRetentionTest(TestDatabase database) {
        this.database = database;
        this.lake = new LakeRun(database, Path.of("."));
    }

    @BeforeEach
    void open() {
        lake = new LakeRun(database, workspace);
    }

    @Test
    void daysGoWithTheirFilesAndTheRecordSaysSo() {
        put(OLD);
        put(KEPT);

        assertThat(retain(AS_OF)).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows("SELECT event_date FROM lake.events")).containsExactly("2022-11-21");
        assertThat(lake.told()).endsWith("retain  0 CURRENT");
        assertThat(lake.files(OLD)).as("former states are younger than theirs").hasSize(1);
        assertThat(database.rows("SELECT business_date, place, removed, keep, as_of FROM ops.retention_log"))
                .containsExactly("2022-11-20|lake|1|3y|2025-11-21");
        assertThat(summary()).contains("\"days\":1", "\"rows\":1", "\"states\":0");

        assertThat(retain(AS_OF)).isEqualTo(ExitCode.DONE);
        assertThat(summary()).contains("\"days\":0");
        assertThat(lake.history()).hasSize(3);
    }

    @Test
    void formerStatesGoWithWhatOnlyTheyName() throws IOException {
        put(OLD);
        put(KEPT);
        retain(AS_OF);
        age(lake.files(OLD).get(0), 30);

        LocalDate later = LocalDate.now(Clock.systemUTC()).plusDays(60);
        assertThat(retain(later, "lake-states")).isEqualTo(ExitCode.DONE);

        assertThat(lake.told()).containsExactly("retain  0 CURRENT");
        assertThat(lake.files(OLD)).isEmpty();
        assertThat(lake.rows("SELECT event_date FROM lake.events")).containsExactly("2022-11-21");
        assertThat(database.rows("SELECT removed, keep FROM ops.retention_log WHERE place = 'lake-states'"))
                .containsExactly("2|30d");
    }

    /** Its rows are gone, whatever its last put told. */
    @Test
    void aDayThatWentCanBePutAgain() {
        put(OLD);
        put(KEPT);
        retain(AS_OF);

        put(OLD);

        assertThat(lake.fact("changed")).isEqualTo("true");
        assertThat(lake.rows("SELECT event_date FROM lake.events ORDER BY 1"))
                .containsExactly("2022-11-20", "2022-11-21");
        put(KEPT);
        assertThat(lake.fact("changed")).as("of the day that stayed").isEqualTo("false");
    }

    @Test
    void filesNoStateNamesGoOnceTheyAreOld() throws IOException {
        put(OLD);
        put(KEPT);
        Path data = left(lake.files(OLD).get(0).resolveSibling("00000-9-left.parquet"), 30);
        Path metadata = left(workspace.resolve("lake/events/metadata/99999-left.metadata.json"), 30);
        Path young = left(lake.files(OLD).get(0).resolveSibling("00000-9-young.parquet"), 2);

        assertThat(tidy("24h")).isEqualTo(ExitCode.DONE);

        assertThat(summary()).contains("\"files\":2");
        assertThat(data).doesNotExist();
        assertThat(metadata).doesNotExist();
        assertThat(young).exists();
        assertThat(tidy("1h")).isEqualTo(ExitCode.DONE);
        assertThat(young).doesNotExist();
        assertThat(lake.rows("SELECT event_date FROM lake.events ORDER BY 1"))
                .containsExactly("2022-11-20", "2022-11-21");
        assertThat(lake.rollback(lake.history().get(0).id())).isEqualTo(ExitCode.DONE);
        assertThat(lake.rows("SELECT event_date FROM lake.events")).containsExactly("2022-11-20");
    }

    @Test
    void nothingIsTidiedOrRemovedWhileADayIsPut() throws Exception {
        put(OLD);
        Path data = left(lake.files(OLD).get(0).resolveSibling("00000-9-left.parquet"), 30);
        try (Connection putting = database.connect();
                Statement statement = putting.createStatement()) {
            putting.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended('jangbu-lake:events', 0))");
            assertThat(tidy("24h")).isEqualTo(ExitCode.HELD);
            assertThat(summary()).contains("lake.events has a day on its way; wait for that to end and run again");
            assertThat(retain(AS_OF)).isEqualTo(ExitCode.HELD);
        }
        assertThat(data).exists();
        assertThat(lake.rows("SELECT event_date FROM lake.events")).containsExactly("2022-11-20");
    }

    @Test
    void aPlanSaysWhatWouldGo() throws IOException {
        put(OLD);
        put(KEPT);
        left(lake.files(OLD).get(0).resolveSibling("00000-9-left.parquet"), 30);

        String[] dry = {"events", "--dry-run", "--as-of", "2025-11-21", "--workspace", workspace.toString()};
        assertThat(new CommandLine(new LakeRetainCommand(database.environment(), Clock.systemUTC(), out()))
                        .execute(dry))
                .isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("""
                lake                          3y  would remove 1 days, 2022-11-20 to 2022-11-20
                lake-states                  30d  nothing is out of time
                lake.events                       would remove 1 files that no state names
                """);
        assertThat(lake.history()).hasSize(2);
        said.reset();
        String[] tidy = {"events", "--dry-run", "--workspace", workspace.toString()};
        new CommandLine(new LakeTidyCommand(database.environment(), Clock.systemUTC(), out())).execute(tidy);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("would remove 1 files of lake.events that no state names\n  file:")
                .endsWith("/00000-9-left.parquet\n");
    }

    @Test
    void whereThereIsNoLakeThereIsNothingToDo() throws IOException {
        assertThat(retain(AS_OF)).isEqualTo(ExitCode.DONE);
        assertThat(tidy("24h")).isEqualTo(ExitCode.DONE);
        assertThat(LakeRetention.plan(lake.lake(), rules(AS_OF), SEOUL, Instant.now()))
                .isEmpty();
    }

    @Test
    void aStatementThatWritesHoldsOffTheTidying() {
        put(OLD);
        boolean[] isDone = new boolean[1];
        SqlAnswers answers = new SqlAnswers(lake.lake().session(TestSpark.session()), false, 10, out(), work -> {
            try (Connection lock = database.connect()) {
                LakeLock.share(lock, () -> {
                    assertThat(tidy("1h")).isEqualTo(ExitCode.HELD);
                    work.run();
                    isDone[0] = true;
                });
            }
        });

        assertThat(answers.all(List.of("DELETE FROM lake.events"))).isEqualTo(ExitCode.DONE);

        assertThat(isDone).containsExactly(true);
        assertThat(lake.rows("SELECT COUNT(*) FROM lake.events")).containsExactly("0");
    }

    @Test
    void anAgeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> LakeTidyCommand.Age.parse("0h"))
                .hasMessage("--older-than: 0h (expected: an age such as 24h or 3d)");
        assertThat(LakeTidyCommand.Age.parse("3d").least()).hasDays(3);
    }

    private void put(LocalDate day) {
        new CleanDay(workspace, day)
                .file(Event.of("click U1 S1 " + day + "T10:00:00 web"))
                .publish();
        assertThat(lake.put(day)).isEqualTo(ExitCode.DONE);
    }

    private static Path left(Path file, int hours) throws IOException {
        return age(Files.writeString(file, "left"), hours);
    }

    private static Path age(Path file, int hours) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(hours * 3600L)));
    }

    private ExitCode retain(LocalDate asOf) {
        return run("lake-retain", LakeRetainConfiguration.class, rules(asOf));
    }

    private ExitCode retain(LocalDate asOf, String place) {
        Policy all = Policy.read(null);
        Policy one = new Policy(List.of(all.place(place).orElseThrow()), List.of());
        return run("lake-retain", LakeRetainConfiguration.class, new LakeRetention.Rules(one, asOf, "me"));
    }

    private static LakeRetention.Rules rules(LocalDate asOf) {
        return new LakeRetention.Rules(Policy.read(null), asOf, "me");
    }

    private ExitCode tidy(String age) {
        return run("lake-tidy", LakeTidyConfiguration.class, LakeTidyCommand.Age.parse(age));
    }

    private ExitCode run(String slice, Class<?> configuration, Object option) {
        RunRequest request = new RunRequest(
                "spark-job", "events", slice, LocalDate.parse("2026-02-01"), "1", new Workspace(workspace));
        return new JobRunner(database.environment(), Clock.systemUTC(), out(), true)
                .run(request, configuration, lake.lake(), option);
    }

    private PrintStream out() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    /** The last line. */
    private String summary() {
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{"))
                .reduce((before, last) -> last)
                .map(line -> Json.line(Json.mapper().readTree(line)))
                .orElse("");
    }
}
