package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Days that loads touched are built once for each mart, however the loads and builds fall. */
@ExtendWith(PostgresExtension.class)
class TouchedBuildTest {
    private static final String MART = "mart_sales_daily";
    private static final LocalDate FIRST = LocalDate.parse("2026-01-10");
    private static final LocalDate SECOND = LocalDate.parse("2026-01-11");
    private static final String SALES =
            "SELECT sales_date, gross_amount, net_restated_amount FROM mart.mart_sales_daily ORDER BY 1";

    @TempDir
    private Path workspace = Path.of("");

    @Test
    void eachTouchedDayIsBuiltOnceAndOnlyAgainWhenTouchedAgain(TestDatabase database) throws Exception {
        SalesRows rows = twoDays(database);
        MartRun run = new MartRun(database, workspace);

        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(run.summary().get("days_built").intValue()).isEqualTo(2);
        assertThat(database.rows(SALES)).containsExactly("2026-01-10|1000.00|1000.00", "2026-01-11|2000.00|2000.00");

        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(run.summary().get("days_waiting").intValue()).isZero();

        database.execute(
                "UPDATE raw.order_item SET item_status = 'CANCELED', claim_done_on = paid_on WHERE item_id = '2'");
        rows.touch("again", SECOND);
        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(run.summary().get("days_built").intValue()).isEqualTo(1);
        assertThat(database.rows(SALES)).containsExactly("2026-01-10|1000.00|1000.00", "2026-01-11|2000.00|0.00");
        assertThat(database.rows("SELECT business_date, is_waiting, touch_count FROM ops.v_touched_mart_day"
                        + " WHERE mart = 'mart_sales_daily' ORDER BY 1"))
                .containsExactly("2026-01-10|f|0", "2026-01-11|f|0");
    }

    /** Built again, a day would show only what retention has left of it. */
    @Test
    void aDayOfWhichRetentionRemovedRowsStaysAsItWasBuilt(TestDatabase database) throws Exception {
        SalesRows rows = twoDays(database);
        MartRun run = new MartRun(database, workspace);
        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        database.execute(
                "INSERT INTO ops.retention_log (dataset, business_date, place, token, removed, held, keep, basis, as_of,"
                        + " removed_by) VALUES ('orders', '2026-01-10', 'raw.sales_order', 1, 1, 0, '5y', 'law', NOW(), 'me')");
        database.execute("UPDATE raw.order_item SET item_status = 'CANCELED', claim_done_on = paid_on");
        rows.touch("first", FIRST);
        rows.touch("second", SECOND);

        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(SALES)).containsExactly("2026-01-10|1000.00|1000.00", "2026-01-11|2000.00|0.00");
        assertThat(run.build(MART, FIRST)).isEqualTo(ExitCode.FAILED);
        assertThat(run.message())
                .isEqualTo(
                        "orders of 2026-01-10: rows were removed by retention (expected: a day after 2026-01-10); the mart"
                                + " stays as it was built");
    }

    @Test
    void aLoadThatCommitsWhileTheDayIsBuiltLeavesItWaiting(TestDatabase database) throws Exception {
        SalesRows rows = twoDays(database);
        MartRun run = new MartRun(database, workspace);
        CompletableFuture<ExitCode> slow =
                CompletableFuture.supplyAsync(() -> run.build(MartRun.slow(MART, 3), SECOND));
        awaitPause(database);

        database.execute(
                "UPDATE raw.order_item SET item_status = 'CANCELED', claim_done_on = paid_on WHERE item_id = '2'");
        rows.touch("meanwhile", SECOND);
        assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(SALES)).containsExactly("2026-01-11|2000.00|2000.00");
        assertThat(database.value("SELECT mart, is_waiting, touch_count FROM ops.v_touched_mart_day"
                        + " WHERE mart = 'mart_sales_daily' AND business_date = '2026-01-11'"))
                .isEqualTo("mart_sales_daily|t|1");
        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(SALES)).containsExactly("2026-01-10|1000.00|1000.00", "2026-01-11|2000.00|0.00");
    }

    @Test
    void twoRunsThatBuildOneDayAreOneAfterTheOther(TestDatabase database) throws Exception {
        twoDays(database);
        MartRun first = new MartRun(database, workspace);
        CompletableFuture<ExitCode> slow =
                CompletableFuture.supplyAsync(() -> first.build(MartRun.slow(MART, 3), SECOND));
        awaitPause(database);
        // What the slow build holds is now old, and the run beside it would have nothing to delete.
        database.execute("DELETE FROM raw.order_item WHERE item_id = '2'");

        MartRun beside = new MartRun(database, workspace);
        assertThat(beside.buildTouched(MartRun.MARTS.named(MART)))
                .as(beside.message())
                .isEqualTo(ExitCode.DONE);

        assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(SALES)).containsExactly("2026-01-10|1000.00|1000.00");
        assertThat(database.rows(
                        "SELECT row_count FROM ops.mart_log WHERE business_date = '2026-01-11'" + " ORDER BY build_id"))
                .containsExactly("1", "0");
    }

    @Test
    void aDayWhoseCheckFailsDoesNotStopTheOthers(TestDatabase database) throws Exception {
        twoDays(database);
        MartRun run = new MartRun(database, workspace);
        Check failing = new Check(
                Check.Kind.FAIL,
                "not_the_tenth",
                "it is another day",
                "SELECT CAST(:business_date AS DATE) AS day WHERE :business_date = DATE '2026-01-10'");

        assertThat(run.buildTouched(MartRun.withCheck(MART, failing))).isEqualTo(ExitCode.FAILED);

        assertThat(run.message())
                .isEqualTo("1 of 2 touched days not built; the first: mart_sales_daily 2026-01-10: check not_the_tenth"
                        + " failed: day=2026-01-10 (expected: it is another day); nothing was changed");
        assertThat(database.rows(SALES)).containsExactly("2026-01-11|2000.00|2000.00");
        assertThat(run.buildTouched(MartRun.MARTS.named(MART))).isEqualTo(ExitCode.DONE);
        assertThat(run.summary().get("days_built").intValue()).isEqualTo(1);
    }

    @Test
    void aMartOfTwoDatasetsWaitsForBothAndForItsOwnFirst(TestDatabase database) throws Exception {
        MartRun run = new MartRun(database, workspace);
        SalesRows rows = new SalesRows(database);

        assertThat(run.build("mart_channel_traffic", FIRST)).isEqualTo(ExitCode.FAILED);
        assertThat(run.message()).startsWith("web-traffic: never loaded (expected: an entry in ops.load_log)");
        assertThat(run.buildTouched(MartRun.MARTS.named("mart_channel_traffic")))
                .isEqualTo(ExitCode.DONE);
        rows.touch("load", FIRST);
        assertThat(run.buildTouched(MartRun.MARTS.named("mart_channel_traffic")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT mart, dataset, business_date, run_id FROM ops.rebuilt_day ORDER BY 2"))
                .containsExactly(
                        "mart_channel_traffic|orders|2026-01-10|load-orders",
                        "mart_channel_traffic|web-traffic|2026-01-10|load-web-traffic");
    }

    @Test
    void freshnessTellsOfEachBuiltAndTouchedDay(TestDatabase database) throws Exception {
        SalesRows rows = twoDays(database);
        MartRun run = new MartRun(database, workspace);
        run.build(MART, FIRST);
        run.build(MART, LocalDate.parse("2030-01-01"));
        String states = "SELECT business_date, is_final, state, row_count FROM mart.v_freshness"
                + " WHERE mart = 'mart_sales_daily' ORDER BY 1";

        assertThat(database.rows(states))
                .containsExactly(
                        "2026-01-10|t|final|1", "2026-01-11|f|not built|NULL", "2030-01-01|f|the day was not over|0");
        rows.touch("again", FIRST);
        assertThat(database.rows(states)).contains("2026-01-10|f|newer data is loaded|1");
    }

    private static SalesRows twoDays(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog')");
        rows.copy("raw.sales_order", "account_id,order_id\ncafe24-hlog,1\ncafe24-hlog,2\n");
        rows.copy("raw.order_item", """
                account_id,item_id,order_id,line_gross,paid_on
                cafe24-hlog,1,1,1000,2026-01-10
                cafe24-hlog,2,2,2000,2026-01-11
                """);
        rows.touch("load", FIRST, SECOND);
        return rows;
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
}
