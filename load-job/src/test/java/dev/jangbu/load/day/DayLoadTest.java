package dev.jangbu.load.day;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class DayLoadTest {
    private static final String DAY =
            "SELECT user_id, COUNT(*) FROM raw.raw_events WHERE event_date = '2026-01-15' GROUP BY user_id";

    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void cleanFilesBecomeTheDay(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(
                        "SELECT event_id, user_id, occurred_at AT TIME ZONE 'UTC', search_query, result_count, extra"
                                + " FROM raw.raw_events ORDER BY event_id LIMIT 1"))
                .containsExactly(
                        "00000000-0000-0000-0000-000000000000|U000001|2026-01-15 01:02:03.123456|신발, \"흰\"|3|{\"k\": [1, null]}");
        assertThat(database.rows(DAY)).containsExactly("U000001|3");
        assertThat(lastLine()).contains("\"status\":\"done\",\"exit_code\":0").contains("\"rows\":3");
    }

    @Test
    void theLedgerAddsUp(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(
                List.of(CleanDay.rows(2, "U000001")),
                Map.of("lines", 5L, "rejected", 3L, "rejected.value_range", 2L, "rejected.required_fields", 1L));

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(
                        "SELECT lines_read, clean, rejected, rejected_by_reason, sent, copied, in_table, sha256"
                                + " FROM ops.load_log"))
                .containsExactly("5|2|3|{\"value_range\": 2, \"required_fields\": 1}|2|2|2|"
                        + manifest.files().get(0).sha256());
    }

    @Test
    void theLedgerNamesTheCheckTheFileCameFrom(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(CleanDay.rows(2, "U000001"));

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT checked_by, file FROM ops.load_log"))
                .containsExactly(
                        manifest.runId() + "|" + manifest.files().get(0).path());
    }

    @Test
    void filesNoCheckWroteDownAreNotLoaded(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(CleanDay.rows(2, "U000001"));

        assertThat(run(day, database.environment())).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine())
                .contains("manifest.json: " + manifest.files().get(0).path() + ": not in the books of this database"
                        + " (expected: a row of run " + manifest.runId()
                        + " in ops.checked_file); nothing was loaded, run transform-job again: "
                        + "java -jar transform-job/target/transform-job.jar events --ds 2026-01-15");
        assertThat(database.rows(DAY)).isEmpty();
        assertThat(database.rows("SELECT 1 FROM ops.load_log")).isEmpty();
    }

    @Test
    void filesOtherThanThoseCheckedAreNotLoaded(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(2, "U000001"));
        day.writeDown(database);
        database.execute("UPDATE ops.checked_file SET sha256 = 'another'");

        assertThat(run(day, database.environment())).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine())
                .contains("2 lines, 2 clean, 0 rejected, sha256 ")
                .contains("(expected: 2 lines, 2 clean, 0 rejected, sha256 another, as checked by run ");
        assertThat(database.rows(DAY)).isEmpty();
    }

    @Test
    void theSameDayTwiceGivesTheSameRows(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        List<String> once = database.rows("SELECT * FROM raw.raw_events ORDER BY event_id");

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT * FROM raw.raw_events ORDER BY event_id"))
                .isEqualTo(once);
        assertThat(database.rows("SELECT generation, token FROM ops.run_lock")).containsExactly("2|2");
    }

    @Test
    void severalPartsAreOneDay(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(
                List.of(
                        List.of(CleanDay.row(1, "U000001")),
                        List.of(CleanDay.row(2, "U000002"), CleanDay.row(3, "U000002"))),
                Map.of());

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(DAY + " ORDER BY 1")).containsExactly("U000001|1", "U000002|2");
        assertThat(database.rows("SELECT file, in_table FROM ops.load_log ORDER BY file"))
                .containsExactly(
                        "20260116T000000000Z-00000000/part-00000.csv|1",
                        "20260116T000000000Z-00000000/part-00001.csv|2");
    }

    /** Parts large enough that PostgreSQL makes room ahead of the rows, and one without any, loaded twice. */
    @Test
    void theRowsOfEachPartAreCountedInTheTable(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        List<String> rows = CleanDay.rows(90_000, "U000001");
        day.publish(
                List.of(rows.subList(0, 50_000), List.of(), rows.subList(50_000, 50_001), rows.subList(50_001, 90_000)),
                Map.of());

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT right(file, 9), in_table FROM ops.load_log ORDER BY loaded_at, file"))
                .containsExactly(
                        "00000.csv|50000",
                        "00001.csv|0",
                        "00002.csv|1",
                        "00003.csv|39999",
                        "00000.csv|50000",
                        "00001.csv|0",
                        "00002.csv|1",
                        "00003.csv|39999");
    }

    @Test
    void whatKilledLoadsOfTheDayLeftBehindIsDropped(TestDatabase database) {
        database.execute("CREATE TABLE raw.raw_events_20260115_t7 (LIKE raw.raw_events)");
        database.execute("CREATE TABLE raw.raw_events_20260115_t8 (LIKE raw.raw_events)");
        database.execute("CREATE TABLE raw.raw_events_20260116_t7 (LIKE raw.raw_events)");
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(rawTables(database))
                .containsExactly("raw_events_20260115 attached", "raw_events_20260116_t7 not attached");
    }

    @Test
    void aFirstLoadThatFailsLeavesNothing(TestDatabase database) throws IOException {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(
                List.of(CleanDay.rows(3, "U000001"), List.of(CleanDay.row(4, "U000002")), CleanDay.rows(3, "U000003")),
                Map.of());
        Path file = day.folder().resolve(manifest.files().get(1));
        Files.writeString(file, Files.readString(file).replace("U000002", "U000009"));

        assertThat(load(day, database)).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine()).contains("part-00001.csv: sha256 ");
        assertThat(rawTables(database)).isEmpty();
        assertThat(database.rows("SELECT 1 FROM ops.load_log")).isEmpty();
    }

    private static List<String> rawTables(TestDatabase database) {
        return database.rows("SELECT relname || CASE WHEN relispartition THEN ' attached' ELSE ' not attached' END"
                + " FROM pg_class WHERE relnamespace = 'raw'::REGNAMESPACE AND relkind = 'r'"
                + " AND relname LIKE 'raw\\_events\\_%' ORDER BY relname");
    }

    @Test
    void anEmptyDayReplacesAFullOne(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        day.publish(List.of());

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(DAY)).isEmpty();
    }

    @Test
    void aDayWithoutAFileIsInTheLedgerToo(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(List.of(), Map.of());

        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT file, lines_read, clean, in_table FROM ops.load_log"))
                .containsExactly("(no file)|0|0|0");
    }

    @Test
    void aFileChangedSinceItsCheckIsRefused(TestDatabase database) throws IOException {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(CleanDay.rows(2, "U000001"));
        Path file = day.folder().resolve(manifest.files().get(0));
        Files.writeString(file, Files.readString(file).replace("U000001", "U000009"));

        assertThat(load(day, database)).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine()).contains("part-00000.csv: sha256 ").contains("as it was checked");
        assertThat(database.rows(DAY)).isEmpty();
    }

    @Test
    void aRowPostgresRefusesLeavesTheOldDay(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        day.publish(List.of(CleanDay.row(7, "U000007"), CleanDay.row(7, "U000008")));

        assertThat(load(day, database)).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine()).contains("duplicate key").doesNotContain("\\n");
        assertThat(database.rows(DAY)).containsExactly("U000001|3");
    }

    @Test
    void noCleanDayNamesTheCommandToRun(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);

        assertThat(load(day, database)).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine())
                .contains("no clean for events 2026-01-15")
                .contains("java -jar transform-job/target/transform-job.jar events --ds 2026-01-15");
    }

    @Test
    void aHalfWrittenFileIsRefusedByName(TestDatabase database) throws IOException {
        CleanDay day = new CleanDay(workspace);
        Manifest manifest = day.publish(CleanDay.rows(2, "U000001"));
        Path file = day.folder().resolve(manifest.files().get(0));
        Files.writeString(file, Files.readString(file).substring(0, 100));

        assertThat(load(day, database)).isEqualTo(ExitCode.FAILED);

        assertThat(lastLine()).contains("part-00000.csv: 100 bytes (expected: ");
    }

    @Test
    void anUnmigratedDatabaseIsRefusedWithTheCommand(@Unmigrated TestDatabase database) {
        assertThat(load(new CleanDay(workspace), database)).isEqualTo(ExitCode.USAGE);

        assertThat(lastLine()).contains("never migrated").contains("load-job.jar migrate");
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailable(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("JANGBU_DB_URL", "jdbc:postgresql://127.0.0.1:1/jangbu");
        environment.put("JANGBU_DB_WAIT_SECONDS", "0");

        assertThat(run(new CleanDay(workspace), environment)).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(lastLine()).contains("database jdbc:postgresql://127.0.0.1:1/jangbu not available after 0 s");
    }

    @Test
    void aDatabaseNameThatDoesNotExistIsAWrongSetting(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("JANGBU_DB_URL", database.url() + "_nowhere");

        assertThat(run(new CleanDay(workspace), environment)).isEqualTo(ExitCode.USAGE);

        assertThat(lastLine()).contains("cannot log in to").contains("does not exist");
    }

    @Test
    void readersSeeTheOldDayOrTheNewOneNeverHalf(TestDatabase database) throws Exception {
        CleanDay day = new CleanDay(workspace);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> readCommitted =
                CompletableFuture.supplyAsync(() -> poll(database, Connection.TRANSACTION_READ_COMMITTED, done));
        CompletableFuture<Integer> repeatable =
                CompletableFuture.supplyAsync(() -> poll(database, Connection.TRANSACTION_REPEATABLE_READ, done));
        for (int round = 0; round < 6; round++) {
            day.publish(CleanDay.rows(400, "round" + round));
            assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        }
        done.set(true);

        assertThat(readCommitted.get()).isPositive();
        assertThat(repeatable.get()).isPositive();
    }

    @Test
    void aSnapshotTakenBeforeTheReloadStillSeesTheOldDay(TestDatabase database) throws SQLException {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "old"));
        assertThat(load(day, database)).isEqualTo(ExitCode.DONE);
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader.setAutoCommit(false);
            statement.execute("SELECT 1 FROM ops.dataset");
            day.publish(CleanDay.rows(5, "new"));
            assertThat(load(day, database)).isEqualTo(ExitCode.DONE);

            assertThat(only(statement)).isEqualTo("old 3");
            reader.rollback();
            assertThat(only(statement)).isEqualTo("new 5");
        }
    }

    /** Reads the day again and again; throws when it ever is a mixed or half one. */
    private static int poll(TestDatabase database, int isolation, AtomicBoolean done) {
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement()) {
            reader.setTransactionIsolation(isolation);
            reader.setAutoCommit(false);
            int reads = 0;
            boolean wasLoaded = false;
            while (!done.get()) {
                String seen = only(statement);
                if (!(seen.isEmpty() && !wasLoaded) && !seen.matches("round\\d 400")) {
                    throw new IllegalStateException("a reader saw: " + seen);
                }
                wasLoaded |= !seen.isEmpty();
                reads++;
                reader.rollback();
            }
            return reads;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String only(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(DAY)) {
            StringBuilder seen = new StringBuilder();
            while (rows.next()) {
                seen.append(rows.getString(1)).append(' ').append(rows.getLong(2));
            }
            return seen.toString();
        }
    }

    /** What was published was checked, too. */
    private ExitCode load(CleanDay day, TestDatabase database) {
        if (day.isPublished()) {
            day.writeDown(database);
        }
        return run(day, database.environment());
    }

    private ExitCode run(CleanDay day, Map<String, String> environment) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new JobRunner(environment, Clock.systemUTC(), out, false).run(day.request(), DayLoadConfiguration.class);
    }

    private String lastLine() {
        List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }
}
