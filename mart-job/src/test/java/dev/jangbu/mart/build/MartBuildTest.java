package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class MartBuildTest {
    private static final LocalDate DAY = RawDays.DAY;
    private static final LocalDate NEXT_DAY = DAY.plusDays(1);
    private static final String ORDERS =
            "SELECT order_date, order_id, total_amount FROM mart.mart_orders ORDER BY 1, 2";

    @TempDir
    private Path workspace = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"mart_user_daily", "mart_funnel_daily", "mart_product_daily", "mart_orders"})
    void theSameDayTwiceGivesEqualRows(String mart, TestDatabase database) throws Exception {
        new RawDays(database)
                .load(
                        Path.of(
                                "../sql/marts/mart_product_daily/tests/a_product_with_several_units_in_two_purchases/raw_events.csv"));
        MartRun run = new MartRun(database, workspace);
        assertThat(run.build(mart, DAY)).isEqualTo(ExitCode.DONE);
        List<String> first = database.rows("SELECT * FROM mart." + mart + " ORDER BY 1, 2");

        assertThat(run.build(mart, DAY)).isEqualTo(ExitCode.DONE);

        assertThat(first).isNotEmpty();
        assertThat(database.rows("SELECT * FROM mart." + mart + " ORDER BY 1, 2"))
                .isEqualTo(first);
        assertThat(run.summary().get("rows_before").intValue()).isEqualTo(first.size());
        assertThat(run.summary().get("rows").intValue()).isEqualTo(first.size());
    }

    @Test
    void aDayLoadedAgainReplacesTheMartsDayAndNoOther(TestDatabase database) throws Exception {
        RawDays raw = new RawDays(database);
        raw.loadPurchases(DAY, 2);
        raw.loadPurchases(NEXT_DAY, 1);
        MartRun run = new MartRun(database, workspace);
        run.build("mart_orders", DAY);
        run.build("mart_orders", NEXT_DAY);
        database.execute("DELETE FROM raw.raw_events WHERE event_date = '2026-01-15' AND order_id = 'ORD1'");
        raw.writeLedger(DAY);

        assertThat(run.build("mart_orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD2|200.00", "2026-01-16|ORD1|100.00");
        assertThat(database.rows("SELECT business_date, load_run_id, load_file, source_rows, row_count"
                        + " FROM ops.mart_log ORDER BY built_at"))
                .containsExactly(
                        "2026-01-15|load-2|part-00000.csv|2|2",
                        "2026-01-16|load-3|part-00000.csv|1|1",
                        "2026-01-15|load-4|part-00000.csv|1|1");
        assertThat(run.summary().get("load_run").stringValue()).isEqualTo("load-4");
    }

    @Test
    void daysMayBeBuiltInAnyOrder(TestDatabase forward, TestDatabase backward) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (TestDatabase database : List.of(forward, backward)) {
            RawDays raw = new RawDays(database);
            raw.loadPurchases(DAY, 2);
            raw.loadPurchases(NEXT_DAY, 3);
            MartRun run = new MartRun(database, workspace);
            for (LocalDate day : database.equals(forward) ? List.of(DAY, NEXT_DAY) : List.of(NEXT_DAY, DAY)) {
                assertThat(run.build("mart_orders", day)).isEqualTo(ExitCode.DONE);
            }
            assertThat(run.summary().get("warnings").intValue()).isEqualTo(1);
            rows.add(database.rows(ORDERS));
        }
        assertThat(rows.get(0)).hasSize(5).isEqualTo(rows.get(1));
    }

    @Test
    void aFailingCheckRollsBackAndNamesItsFigures(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 2);
        MartRun run = new MartRun(database, workspace);
        run.build("mart_orders", DAY);
        Mart lossy = MartRun.withQuery(
                "mart_orders", MartRun.MARTS.named("mart_orders").query() + "\nAND order_id <> 'ORD1'");

        assertThat(run.build(lossy, DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(run.message())
                .isEqualTo("mart_orders 2026-01-15: check reconciles_with_raw failed: mart_orders=1, raw_purchases=2,"
                        + " raw_repeated=0, mart_amount=200.00, raw_amount=300.00, raw_repeated_amount=0"
                        + " (expected: the sum of the orders is the sum of the purchases minus the repeated);"
                        + " nothing was changed");
        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|100.00", "2026-01-15|ORD2|200.00");
        assertThat(database.rows("SELECT status, exit_code FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("done|0", "failed|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mart_user_daily", "mart_funnel_daily", "mart_product_daily", "mart_orders"})
    void everyMartNoticesLostRows(String mart, TestDatabase database) throws Exception {
        new RawDays(database)
                .load(
                        Path.of(
                                "../sql/marts/mart_product_daily/tests/a_product_with_several_units_in_two_purchases/raw_events.csv"));
        Mart lossy = MartRun.withQuery(
                mart, "SELECT * FROM (" + MartRun.MARTS.named(mart).query() + ") AS all_rows OFFSET 1");
        MartRun run = new MartRun(database, workspace);

        assertThat(run.build(lossy, DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(run.message()).startsWith(mart + " 2026-01-15: check reconciles_with_raw failed: ");
        assertThat(database.rows("SELECT * FROM mart." + mart)).isEmpty();
    }

    @Test
    void eventsOffTheBusinessDateFailTheUserMart(TestDatabase database) throws Exception {
        new RawDays(database)
                .load(RawDays.HEADER + "\n2026-01-15,00000000-0000-4000-8000-000000000001,click,U1,s1,"
                        + "2026-01-16T00:00:00+09:00,web,,\n");
        MartRun run = new MartRun(database, workspace);

        assertThat(run.build("mart_user_daily", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(run.message())
                .startsWith("mart_user_daily 2026-01-15: check times_on_business_date failed: users_off_the_day=1,"
                        + " earliest=2026-01-16 00:00:00+09, latest=2026-01-16 00:00:00+09");
    }

    @Test
    void aDayThatWasNeverLoadedIsRefusedWithTheCommandToRun(TestDatabase database) {
        MartRun run = new MartRun(database, workspace);

        assertThat(run.build("mart_orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(run.message())
                .isEqualTo(
                        "events of 2026-01-15: never loaded (expected: an entry in ops.load_log); run load-job first:"
                                + " java -jar load-job/target/load-job.jar events --ds 2026-01-15");
    }

    @Test
    void aTableThatDoesNotBearOutTheLedgerIsRefused(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 2);
        database.execute("TRUNCATE raw.raw_events");
        MartRun run = new MartRun(database, workspace);

        assertThat(run.build("mart_orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(run.message())
                .isEqualTo("raw.raw_events of 2026-01-15: no rows (expected: 2, as ops.load_log says);"
                        + " load the day again: java -jar load-job/target/load-job.jar events --ds 2026-01-15");
    }

    @Test
    void anUnmigratedDatabaseIsRefused(@Unmigrated TestDatabase database) {
        assertThat(new MartRun(database, workspace).build("mart_orders", DAY)).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aConnectionLostMidwayChangesNothingAndTheNextRunIsWhole(TestDatabase database) throws Exception {
        RawDays raw = new RawDays(database);
        raw.loadPurchases(DAY, 2);
        MartRun run = new MartRun(database, workspace);
        run.build("mart_orders", DAY);
        database.execute("UPDATE raw.raw_events SET total_amount = total_amount + 1");
        Future<ExitCode> broken = inBackground(() -> run.build(MartRun.slow("mart_orders", 60), DAY));
        awaitPause(database);

        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid() AND datname = current_database()");

        assertThat(broken.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|100.00", "2026-01-15|ORD2|200.00");
        assertThat(run.build("mart_orders", DAY)).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|101.00", "2026-01-15|ORD2|201.00");
    }

    @Test
    void aSecondBuildOfTheDayIsHeldOffAndTheFirstOutlivesItsHeartbeats(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 2);
        MartRun first = new MartRun(database, workspace);
        MartRun second = new MartRun(database, workspace);
        Future<ExitCode> slow = inBackground(() -> first.build(MartRun.slow("mart_orders", 7), DAY));
        awaitPause(database);

        assertThat(second.build("mart_orders", DAY)).isEqualTo(ExitCode.HELD);
        assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);

        assertThat(second.message()).startsWith("mart-job/events/mart_orders/2026-01-15: held by run ");
        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|100.00", "2026-01-15|ORD2|200.00");
        assertThat(database.value("SELECT count(*) FROM ops.run_heartbeat JOIN ops.run_lock USING"
                        + " (job, dataset, slice, business_date) WHERE heartbeat_at > acquired_at + INTERVAL '4 s'"))
                .isEqualTo("1");
    }

    @Test
    void aBuildThatWasTakenOverWritesNothing(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 2);
        MartRun run = new MartRun(database, workspace);
        Future<ExitCode> overtaken = inBackground(() -> run.build(MartRun.slow("mart_orders", 2), DAY));
        awaitPause(database);

        database.execute("UPDATE ops.run_lock SET token = token + 1");

        assertThat(overtaken.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.HELD);
        assertThat(run.message()).contains("another run took over");
        assertThat(database.rows(ORDERS)).isEmpty();
    }

    @Test
    void theFourMartsMayBeBuiltAtOnce(TestDatabase database) throws Exception {
        new RawDays(database)
                .load(
                        Path.of(
                                "../sql/marts/mart_product_daily/tests/a_product_with_several_units_in_two_purchases/raw_events.csv"));
        List<Future<ExitCode>> builds = MartRun.MARTS.ofDataset("events").stream()
                .map(mart -> inBackground(() -> new MartRun(database, workspace).build(mart, DAY)))
                .toList();

        for (Future<ExitCode> build : builds) {
            assertThat(build.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        }
        assertThat(database.rows("SELECT slice, status, row_count FROM ops.v_runs ORDER BY 1"))
                .containsExactly(
                        "mart_funnel_daily|done|1",
                        "mart_orders|done|2",
                        "mart_product_daily|done|2",
                        "mart_user_daily|done|2");
    }

    @Test
    void theMartRoleMayDoAllTheJobDoes(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 2);
        new SalesRows(database).touch("load", DAY);
        database.execute("DROP ROLE IF EXISTS mart_login; CREATE ROLE mart_login LOGIN IN ROLE jangbu_mart");
        MartRun run = new MartRun(new TestDatabase(database.url(), "mart_login"), workspace);

        for (Mart mart : MartRun.MARTS.all()) {
            assertThat(run.build(mart, DAY)).as(run.message()).isEqualTo(ExitCode.DONE);
            assertThat(run.build(mart, DAY)).as(run.message()).isEqualTo(ExitCode.DONE);
        }

        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|100.00", "2026-01-15|ORD2|200.00");
    }

    @Test
    void readersNeverSeeHalfADay(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 300);
        MartRun run = new MartRun(database, workspace);
        run.build("mart_orders", DAY);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Set<String>>> readers = List.of(
                inBackground(() -> seen(database, Connection.TRANSACTION_READ_COMMITTED, done)),
                inBackground(() -> seen(database, Connection.TRANSACTION_REPEATABLE_READ, done)));

        for (int round = 0; round < 6; round++) {
            database.execute(
                    "UPDATE raw.raw_events SET total_amount = total_amount " + (round % 2 == 0 ? "+" : "-") + " 1");
            assertThat(run.build("mart_orders", DAY)).isEqualTo(ExitCode.DONE);
        }
        done.set(true);

        for (Future<Set<String>> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).containsExactly("300|4515000.00", "300|4515300.00");
        }
    }

    @Test
    void aWarningIsToldAndTheDayStands(TestDatabase database) throws Exception {
        new RawDays(database).loadPurchases(DAY, 1);
        MartRun run = new MartRun(database, workspace);
        Check warning =
                new Check(Check.Kind.WARN, "always", "never", "SELECT CAST(:business_date AS DATE) AS day, 3 AS found");

        assertThat(run.build(MartRun.withCheck("mart_orders", warning), DAY)).isEqualTo(ExitCode.DONE);

        assertThat(run.summary().get("warnings").intValue()).isEqualTo(1);
        assertThat(run.summary().get("checks").get(0).toString())
                .isEqualTo("{\"name\":\"always\",\"kind\":\"warn\",\"status\":\"warned\","
                        + "\"figures\":[{\"day\":\"2026-01-15\",\"found\":3}]}");
        assertThat(database.rows(ORDERS)).containsExactly("2026-01-15|ORD1|100.00");
    }

    /** Every state of the day a reader saw, until told to end. */
    private static Set<String> seen(TestDatabase database, int isolation, AtomicBoolean done) throws SQLException {
        Set<String> states = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(isolation);
            while (!done.get()) {
                try (ResultSet row =
                        statement.executeQuery("SELECT count(*), sum(total_amount) FROM mart.mart_orders")) {
                    row.next();
                    states.add(row.getString(1) + "|" + row.getString(2));
                }
            }
        }
        return states;
    }

    private static void awaitPause(TestDatabase database) throws InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            if (!database.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(%'"
                            + " AND pid <> pg_backend_pid() AND datname = current_database() AND state = 'active'")
                    .isEmpty()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the build did not come to its pause");
    }

    private static <T> Future<T> inBackground(java.util.concurrent.Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> ignored = thread.submit(() -> {
            try {
                result.complete(work.call());
            } catch (Exception | AssertionError failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.shutdown();
        return result;
    }
}
