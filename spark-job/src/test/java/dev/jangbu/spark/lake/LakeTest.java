package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Days put into the lake, its history, and the ways back. */
@ExtendWith(PostgresExtension.class)
class LakeTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final LocalDate NEXT = DAY.plusDays(1);
    private static final Event CLICK = Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001");
    private static final Event SEARCH = Event.of("search U7 S7 2026-01-15T12:00:00 ios");
    private static final Event VIEW = Event.of("page_view U2 S2 2026-01-16T00:00:00 web");

    @TempDir
    Path workspace;

    private TestDatabase database = new TestDatabase("", "");
    private LakeRun lake = new LakeRun(database("jdbc:postgresql://none/none"), Path.of("."));

    @BeforeEach
    void open(TestDatabase fresh) {
        database = fresh;
        lake = new LakeRun(fresh, workspace);
    }

    @Test
    void aDayIsThereWithAllItsColumnsAndTypes() {
        new CleanDay(workspace, DAY)
                .file("unit_price", "12900.50", List.of(CLICK))
                .file(SEARCH.withProducts("[{\"product_id\": \"P1\", \"quantity\": 1}]"))
                .publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows(
                        "SELECT event_date, event_type, user_id, CAST(occurred_at AS STRING), unit_price, products, position"
                                + " FROM lake.events ORDER BY occurred_at"))
                .containsExactly(
                        "2026-01-15|search|U7|2026-01-15 12:00:00|NULL|[{\"product_id\": \"P1\", \"quantity\": 1}]|NULL",
                        "2026-01-15|click|U1|2026-01-15 23:59:59.999|12900.50|NULL|NULL");
        assertThat(lake.rows("DESCRIBE lake.events").stream().limit(35))
                .hasSize(35)
                .contains(
                        "event_date|date|NULL",
                        "occurred_at|timestamp|NULL",
                        "unit_price|decimal(14,2)|NULL",
                        "is_recommendation|boolean|NULL",
                        "position|int|NULL");
        assertThat(lake.fact("changed")).isEqualTo("true");
        assertThat(lake.fact("rows")).isEqualTo("2");
        assertThat(lake.told()).containsExactly("put 2026-01-15 2 CURRENT");
        assertThat(database.rows("SELECT slice, status FROM ops.v_runs")).containsExactly("lake|done");
        assertThat(database.rows(
                        "SELECT catalog_name, table_namespace, table_name, iceberg_type FROM lake.iceberg_tables"))
                .containsExactly("lake||events|TABLE");
    }

    @Test
    void aDayIsReplacedAndNoOther() {
        putBoth();
        new CleanDay(workspace, DAY).file(SEARCH).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.day(DAY)).containsExactly("search|U7");
        assertThat(lake.day(NEXT)).containsExactly("page_view|U2");
        assertThat(lake.told())
                .containsExactly("put 2026-01-15 1 PAST", "put 2026-01-16 1 PAST", "put 2026-01-15 1 CURRENT");
    }

    @Test
    void theSameFilesAgainChangeNothing() {
        putBoth();
        List<Path> before = lake.files(DAY);
        new CleanDay(workspace, DAY).file(CLICK).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.fact("changed")).isEqualTo("false");
        assertThat(lake.told()).hasSize(2);
        assertThat(lake.files(DAY)).isEqualTo(before).hasSize(1);
    }

    @Test
    void anEmptyDayTakesTheRowsAway() {
        putBoth();
        new CleanDay(workspace, DAY).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.day(DAY)).isEmpty();
        assertThat(lake.day(NEXT)).containsExactly("page_view|U2");
        assertThat(lake.told()).endsWith("put 2026-01-15 0 CURRENT");
    }

    @Test
    void aRowThatIsNoNumberIsRefusedAndTheDayStays() {
        putBoth();
        new CleanDay(workspace, DAY).file("position", "first", List.of(SEARCH)).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(lake.fact("message")).contains("cannot put the day").contains("'first'");
        assertThat(lake.day(DAY)).containsExactly("click|U1");
        assertThat(lake.told()).hasSize(2);
    }

    @Test
    void aDayThatWasNotCheckedIsRefused() {
        assertThat(lake.put(DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(lake.fact("message")).startsWith("no clean for events 2026-01-15 in ");
        assertThat(lake.history()).isEmpty();
    }

    @Test
    void theTableGoesBackToAFormerStateAndForwardAgain() {
        putBoth();
        new CleanDay(workspace, DAY).file(SEARCH).publish();
        lake.put(DAY);
        List<LakeSnapshot> states = lake.history();

        assertThat(lake.rollback(states.get(0).id())).isEqualTo(ExitCode.DONE);

        assertThat(lake.rows("SELECT event_date, event_type FROM lake.events")).containsExactly("2026-01-15|click");
        assertThat(lake.told())
                .containsExactly("put 2026-01-15 1 CURRENT", "put 2026-01-16 1 LEFT", "put 2026-01-15 1 LEFT");
        assertThat(lake.rollback(states.get(2).id())).isEqualTo(ExitCode.DONE);
        assertThat(lake.day(DAY)).containsExactly("search|U7");
        assertThat(lake.day(NEXT)).containsExactly("page_view|U2");
    }

    @Test
    void afterGoingBackTheSameFilesAreAChangeAgain() {
        putBoth();
        new CleanDay(workspace, DAY).file(SEARCH).publish();
        lake.put(DAY);
        lake.rollback(lake.history().get(1).id());

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.fact("changed")).isEqualTo("true");
        assertThat(lake.day(DAY)).containsExactly("search|U7");
    }

    @Test
    void aStateThatNeverWasIsRefused() {
        putBoth();
        assertThat(lake.rollback(1)).isEqualTo(ExitCode.USAGE);
        assertThat(lake.fact("message"))
                .isEqualTo("--to-snapshot: 1 (expected: one of those `lake history events` lists)");
    }

    @Test
    void oneDayIsWhatItWasAndOthersAreWhatTheyAre() {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        lake.put(DAY);
        LakeSnapshot first = lake.history().get(0);
        new CleanDay(workspace, DAY).file(SEARCH).publish();
        lake.put(DAY);
        new CleanDay(workspace, NEXT).file(VIEW).publish();
        lake.put(NEXT);

        assertThat(lake.restore(DAY, first.at())).isEqualTo(ExitCode.DONE);

        assertThat(lake.day(DAY)).containsExactly("click|U1");
        assertThat(lake.day(NEXT)).containsExactly("page_view|U2");
        assertThat(lake.fact("restored_from")).isEqualTo(String.valueOf(first.id()));
        assertThat(lake.told()).endsWith("restore 2026-01-15 1 CURRENT");
        assertThat(lake.restore(DAY, first.at())).isEqualTo(ExitCode.DONE);
        assertThat(lake.fact("changed")).isEqualTo("false");
        assertThat(lake.told()).hasSize(4);
    }

    @Test
    void aDayThatWasNotYetPutThenIsRefused() {
        putBoth();
        LakeSnapshot first = lake.history().get(0);
        assertThat(lake.restore(NEXT, first.at())).isEqualTo(ExitCode.FAILED);
        assertThat(lake.fact("message"))
                .isEqualTo("lake.events: no put of 2026-01-16 at " + first.at()
                        + " (expected: an instant after one; see `lake history events --ds 2026-01-16`)");
    }

    @Test
    void daysPutAtOnceAllLand() {
        List<LocalDate> days = DAY.datesUntil(DAY.plusDays(4)).toList();
        for (LocalDate day : days) {
            new CleanDay(workspace, day)
                    .file(Event.of("click U1 S1 " + day + "T10:00:00 web"))
                    .publish();
        }

        List<CompletableFuture<ExitCode>> puts = days.stream()
                .map(day -> CompletableFuture.supplyAsync(() -> new LakeRun(database, workspace).put(day)))
                .toList();

        assertThat(puts).extracting(CompletableFuture::join).containsOnly(ExitCode.DONE);
        assertThat(lake.rows("SELECT event_date, count(*) FROM lake.events GROUP BY 1 ORDER BY 1"))
                .containsExactly("2026-01-15|1", "2026-01-16|1", "2026-01-17|1", "2026-01-18|1");
        assertThat(lake.history()).hasSize(4);
    }

    @Test
    void filesAKilledRunLeftAreRemovedByTheNext() throws IOException {
        putBoth();
        Path left = lake.files(DAY).get(0).resolveSibling("00000-9-left.parquet");
        Files.copy(lake.files(DAY).get(0), left);
        Path ofOther = lake.files(NEXT).get(0).resolveSibling("00000-9-other.parquet");
        Files.copy(lake.files(NEXT).get(0), ofOther);
        new CleanDay(workspace, DAY).file(SEARCH).publish();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.fact("orphans_removed")).isEqualTo("1");
        assertThat(left).doesNotExist();
        assertThat(ofOther).exists();
        assertThat(lake.files(DAY)).hasSize(2);
        assertThat(lake.rollback(lake.history().get(1).id())).isEqualTo(ExitCode.DONE);
        assertThat(lake.day(DAY)).containsExactly("click|U1");
    }

    @Test
    void theTableIsNotTakenBackWhileADayIsWritten() throws SQLException {
        putBoth();
        try (Connection writing = database.connect();
                Statement statement = writing.createStatement()) {
            writing.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended('jangbu-lake:events', 0))");
            assertThat(lake.rollback(lake.history().get(0).id())).isEqualTo(ExitCode.HELD);
        }
        assertThat(lake.fact("message"))
                .isEqualTo("lake.events has a day on its way; wait for that to end and run again");
        assertThat(lake.day(NEXT)).containsExactly("page_view|U2");
    }

    @Test
    void aRunThatWasTakenOverCommitsNothing() {
        putBoth();
        new CleanDay(workspace, DAY).file(SEARCH).publish();
        // As another run does that takes over while this one writes.
        database.execute("""
                CREATE FUNCTION lake.take_over() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    UPDATE ops.run_lock SET token = token + 1 WHERE slice = 'lake' AND business_date = '2026-01-15';
                    RETURN NEW;
                END $$;
                CREATE TRIGGER a_take_over BEFORE UPDATE ON lake.iceberg_tables FOR EACH ROW
                EXECUTE FUNCTION lake.take_over()""");

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(lake.fact("message")).contains("does not hold spark-job of events 2026-01-15");
        assertThat(lake.day(DAY)).containsExactly("click|U1");
    }

    @Test
    void whatPeopleChangeByHandIsPutAgain() {
        putBoth();
        lake.rows("DELETE FROM lake.events WHERE user_id = 'U1'");
        assertThat(lake.day(DAY)).isEmpty();

        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);

        assertThat(lake.fact("changed")).isEqualTo("true");
        assertThat(lake.day(DAY)).containsExactly("click|U1");
    }

    @Test
    void aTableIsNotLookedForWhereItWasNotMade() {
        putBoth();
        Map<String, String> moved = new HashMap<>(database.environment());
        moved.put("JANGBU_LAKE_URL", "file:///srv/other");
        LakeSettings other = LakeSettings.from(moved, new Workspace(workspace));
        try (LakeCatalog catalog = other.open()) {
            assertThatThrownBy(() -> EventsTable.find(catalog))
                    .hasMessage("JANGBU_LAKE_URL: lake.events would lie in file:///srv/other/events (expected: "
                            + workspace.resolve("lake").toUri().toString().replaceAll("/$", "")
                            + "/events, where it was made)");
        }
    }

    @Test
    void theRolesOfTheJobsAreEnoughAndOneIsNot() {
        database.execute("CREATE ROLE lake_worker LOGIN IN ROLE jangbu_job");
        LakeRun worker = new LakeRun(new TestDatabase(database.url(), "lake_worker"), workspace);
        new CleanDay(workspace, DAY).file(CLICK).publish();
        try {
            assertThat(worker.put(DAY)).isEqualTo(ExitCode.USAGE);
            assertThat(worker.fact("message"))
                    .isEqualTo("cannot work as jangbu_lake: FATAL: permission denied to set role \"jangbu_lake\""
                            + " (expected: a log-in in JANGBU_DB_USER that is a member of jangbu_lake)");
            database.execute("GRANT jangbu_lake TO lake_worker");
            assertThat(worker.put(DAY)).isEqualTo(ExitCode.DONE);
            assertThat(worker.day(DAY)).containsExactly("click|U1");
        } finally {
            database.execute("REASSIGN OWNED BY lake_worker TO postgres; DROP OWNED BY lake_worker");
            database.execute("DROP ROLE lake_worker");
        }
    }

    private void putBoth() {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);
        new CleanDay(workspace, NEXT).file(VIEW).publish();
        assertThat(lake.put(NEXT)).isEqualTo(ExitCode.DONE);
    }

    private static TestDatabase database(String url) {
        return new TestDatabase(url, "none");
    }
}
