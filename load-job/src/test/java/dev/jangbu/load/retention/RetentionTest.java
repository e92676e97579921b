package dev.jangbu.load.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.HeldRun;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.window.CleanRow;
import dev.jangbu.load.window.CleanWindow;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class RetentionTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);

    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whatIsOutOfTimeGoesAndTheRestStays(TestDatabase database) throws Exception {
        day(database, LocalDate.of(2020, 1, 1));
        day(database, LocalDate.of(2025, 12, 31));

        assertThat(retention(database).plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("raw\\.raw_events +3y +would remove 1 days, 2020-01-01 to 2020-01-01")
                .containsPattern("hold\\.record +would destroy 0 rows");
        assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events")).isEqualTo("2");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT event_date FROM raw.raw_events")).containsExactly("2025-12-31");
        assertThat(database.rows("SELECT order_date FROM mart.mart_orders")).containsExactly("2025-12-31");
        assertThat(database.rows("SELECT business_date FROM ops.rejected_record"))
                .containsExactly("2025-12-31");
        assertThat(workspace.resolve("landing/events/2020-01-01")).doesNotExist();
        assertThat(workspace.resolve("reports/run/2020-01-01.json")).doesNotExist();
        assertThat(workspace.resolve("reports/run/2025-12-31.json")).exists();
        assertThat(workspace.resolve("reports/erasure/20200101T000000000Z-00000000.json"))
                .exists();
        assertThat(database.rows("SELECT place, removed, keep FROM ops.retention_log ORDER BY 1"))
                .containsExactly(
                        "landing|1|1y",
                        "mart.mart_orders|1|5y",
                        "ops.rejected_record|1|6m",
                        "raw.raw_events|1|3y",
                        "reports|1|3y");
        assertThat(database.value("SELECT COUNT(*) FROM hold.record"))
                .as("a purchase of 2020 is out of its five years")
                .isEqualTo("0");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.value("SELECT COUNT(*) FROM ops.retention_log")).isEqualTo("5");
    }

    /** An order goes five years after the last thing that happened to it, its customer with the last order. */
    @Test
    void ordersGoByTheirLastDayAndMartsOfThatTimeAreFrozen(TestDatabase database) throws Exception {
        String seen = "2020-12-21T00:00:00Z";
        String old = "ordered_at=2020-12-20T01:00:00.000000Z,ordered_on=2020-12-20,customer_key=";
        String paid = "paid_at=2020-12-20T01:01:00.000000Z,paid_on=2020-12-20";
        String claimed = paid + ",remaining_quantity=0,item_status=CANCELED,raw_status=C40,"
                + "claim_done_at=2021-01-09T20:00:00.000000Z,claim_done_on=2021-01-10";
        CleanWindow window = new CleanWindow("orders", workspace, database).on("2020-12-20");
        assertThat(window.load(
                        CleanRow.order("OLD", seen).with(old + "a1".repeat(32)),
                        CleanRow.item("OLD", "OLD-1", seen).with(paid),
                        CleanRow.order("CLAIMED", seen).with(old + "b2".repeat(32)),
                        CleanRow.item("CLAIMED", "CLAIMED-1", seen).with(claimed),
                        CleanRow.order("NEW", seen)))
                .isEqualTo(ExitCode.DONE);
        database.execute("INSERT INTO raw.refund (account_id, refund_id, order_id, item_ids, amount, points, status,"
                + " completed_at, source_hash, observed_at, loaded_run_id) SELECT 'cafe24-hlogdemo', day, 'OLD', 'OLD-1',"
                + " 1, 0, 'DONE', CAST(day || 'T12:00:00+09:00' AS TIMESTAMPTZ), 'x', NOW(), 'r'"
                + " FROM UNNEST(ARRAY['2020-12-31', '2021-01-01']) AS day");

        database.execute("INSERT INTO ops.rebuilt_day (mart, dataset, business_date, run_id, rebuilt_by)"
                + " SELECT mart, dataset, business_date, run_id, 'b' FROM ops.touched_day JOIN ops.mart_reads USING (dataset)"
                + " WHERE business_date = '2021-01-10'");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT order_id FROM raw.sales_order ORDER BY 1"))
                .containsExactly("CLAIMED", "NEW");
        assertThat(database.rows("SELECT item_id FROM raw.order_item")).containsExactly("CLAIMED-1");
        assertThat(database.rows("SELECT DISTINCT item_id FROM raw.order_item_status_history"))
                .containsExactly("CLAIMED-1");
        assertThat(database.rows("SELECT customer_key FROM raw.customer")).containsExactly("b2".repeat(32));
        assertThat(database.rows("SELECT refund_id FROM raw.refund")).containsExactly("2021-01-01");
        assertThat(database.rows("SELECT dataset, business_date, place, removed, keep FROM ops.retention_log"
                        + " WHERE place LIKE 'raw.%' ORDER BY 1"))
                .containsExactly("orders|2020-12-20|raw.sales_order|4|5y", "refunds|2020-12-31|raw.refund|1|5y");
        assertThat(database.rows(
                        "SELECT DISTINCT business_date FROM ops.v_touched_mart_day WHERE is_waiting ORDER BY 1"))
                .containsExactly("2026-03-02");
        assertThat(database.rows("SELECT business_date FROM ops.touched_day ORDER BY 1"))
                .as("neither what every mart shows nor what no mart can show is kept beyond a year")
                .containsExactly("2026-03-02");
        assertThat(database.rows("SELECT state, marts_known > 0 FROM ops.v_books WHERE dataset = 'orders'"))
                .containsExactly("marts are older than the load|t");
    }

    /** Five years after a payment nothing tells of it: no version, no text, no mart, no decision. */
    @Test
    void cardSalesGoWithAllThatWasMadeOfThem(TestDatabase database) throws Exception {
        CleanWindow window = new CleanWindow("card-sales", workspace, database).on("2020-12-20");
        String seen = "2020-12-20T10:00:00Z";
        assertThat(window.load(
                        CleanRow.cardSale(1, "2020-12-20", seen).with("remark=예약"),
                        CleanRow.cardSale(2, "2021-01-02", seen).with("remark=단체")))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.on("2020-12-21")
                        .load(CleanRow.cardSale(1, "2020-12-20", "2020-12-21T10:00:00Z")
                                .with("remark=취소,is_canceled=true")))
                .isEqualTo(ExitCode.DONE);
        database.execute("""
                INSERT INTO mart.mart_card_anomaly
                SELECT sale_date, 'hlog', account_id, sale_id, 'card_burst', store_id, sold_at, amount_sale, 3, 2, '{}'
                FROM raw.card_sale;
                INSERT INTO ops.anomaly_seen
                SELECT account_id, sale_id, rule, sold_at + INTERVAL '1 day', 'r' FROM mart.mart_card_anomaly;
                INSERT INTO ops.anomaly_review (account_id, sale_id, rule, state, reviewed_by)
                SELECT account_id, sale_id, rule, 'DISMISSED', 'han' FROM ops.anomaly_seen;
                INSERT INTO mart.mart_store_hour_profile
                SELECT sale_date, 'hlog', account_id, store_id, 12, 1, 1, 1, 1, 1 FROM raw.card_sale;
                INSERT INTO mart.mart_store_hourly_spend
                SELECT sale_date, 'hlog', account_id, store_id, 12, 1, 1, ARRAY[1] FROM raw.card_sale;
                INSERT INTO mart.mart_store_weekly_spend
                SELECT sale_date, 'hlog', account_id, store_id, sale_date - 7, sale_date - 1, 1, 1, 1, FALSE FROM raw.card_sale;
                INSERT INTO mart.mart_store_daily_spend
                SELECT sale_date, 'hlog', account_id, store_id, 1, 1, 0, 0, 1, 1, 0, 0 FROM raw.card_sale""");

        assertThat(retention(database).plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("raw\\.card_text +would remove 1 that no sale has");
        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT sale_id FROM raw.card_sale")).containsExactly("2");
        assertThat(database.rows("SELECT sale_id FROM raw.card_sale_history")).isEmpty();
        assertThat(database.rows("SELECT remark FROM raw.card_text")).containsExactly("단체");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("2 texts of card sales removed that no sale has");
        for (String mart : database.rows("SELECT mart FROM ops.mart WHERE dataset = 'card-sales'")) {
            assertThat(database.rows("SELECT sale_date FROM mart." + mart))
                    .as(mart)
                    .containsExactly("2021-01-02");
        }
        // What a mart showed when the night began is known until the next one.
        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT sale_id FROM ops.anomaly_seen")).containsExactly("2");
        assertThat(database.rows("SELECT sale_id FROM ops.anomaly_review")).containsExactly("2");
        assertThat(database.rows("SELECT business_date, place, removed FROM ops.retention_log"
                        + " WHERE dataset = 'card-sales' AND place ~ '^(raw|mart|ops.anomaly)' ORDER BY 2"))
                .containsExactly(
                        "2020-12-20|mart.mart_card_anomaly|1",
                        "2020-12-20|mart.mart_store_daily_spend|1",
                        "2020-12-20|mart.mart_store_hour_profile|1",
                        "2020-12-20|mart.mart_store_hourly_spend|1",
                        "2020-12-20|mart.mart_store_weekly_spend|1",
                        "2020-12-21|ops.anomaly_seen|2",
                        "2020-12-20|raw.card_sale|2");
    }

    /** A load that is on its way when texts are removed: its own are there when it is done. */
    @Test
    void textsThatALoadIsBringingStay(TestDatabase database) throws Exception {
        CleanWindow window = new CleanWindow("card-sales", workspace, database).on("2025-12-30");
        assertThat(window.load(CleanRow.cardSale(1, "2025-12-30", "2025-12-30T10:00:00Z")
                        .with("remark=예약")))
                .isEqualTo(ExitCode.DONE);
        database.execute("UPDATE raw.card_sale SET remark = '단체'");
        CompletableFuture<ExitCode> retained;
        try (Connection load = database.connect();
                Statement statement = load.createStatement()) {
            load.setAutoCommit(false);
            statement.execute("UPDATE raw.card_sale SET remark = '예약'");
            retained = CompletableFuture.supplyAsync(() -> run(retention(database)));
            waitForLock(database);
            load.commit();
        }
        assertThat(retained.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT remark FROM raw.card_text")).containsExactly("예약");
    }

    private static ExitCode run(Retention retention) {
        try {
            return retention.run();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void waitForLock(TestDatabase database) throws InterruptedException {
        String waiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = 'raw.card_text'::REGCLASS";
        for (int tries = 0; database.value(waiting).equals("0"); tries++) {
            assertThat(tries).as("tries until the removal waits for the load").isLessThan(600);
            Thread.sleep(100);
        }
    }

    @Test
    void heldRowsGoAfterTheirDateAndNeverBeforeWhateverDayIsSaid(TestDatabase database) throws Exception {
        database.execute(
                "INSERT INTO hold.record (dataset, business_date, event_id, user_id, event_type, record, basis,"
                        + " held_for, until) SELECT 'events', '2020-01-01', gen_random_uuid(), 'U1', 'purchase', '{}', 'law', 'x', until"
                        + " FROM (VALUES (DATE '2025-12-31'), (DATE '2026-01-01'), (DATE '2999-01-01')) AS v (until)");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT until FROM hold.record ORDER BY 1"))
                .containsExactly("2026-01-01", "2999-01-01");
        assertThat(database.rows("SELECT removed FROM ops.destroy_held('3000-01-01')"))
                .containsExactly("1");
        assertThat(database.rows("SELECT until FROM hold.record")).containsExactly("2999-01-01");
        assertThat(database.value("SELECT removed FROM ops.retention_log WHERE place = 'hold.record'"))
                .isEqualTo("1");
    }

    @Test
    void aDayThatIsHeldStaysForTheNextTime(TestDatabase database) throws Exception {
        day(database, LocalDate.of(2020, 1, 1));
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('jangbu:mart-job/events/mart_orders/2020-01-01', 0))");
            assertThat(retention(database).run()).isEqualTo(ExitCode.HELD);
        }
        assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events")).isEqualTo("1");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("mart-job/events/mart_orders/2020-01-01: held by");
        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.value("SELECT COUNT(*) FROM raw.raw_events")).isEqualTo("0");
    }

    /** A claim on an order of long ago may be on its way: its rows are not those that were read a moment before. */
    @Test
    void anOrderThatIsBeingLoadedStaysAndWithItWhatWasLoaded(TestDatabase database) throws Exception {
        oldOrder(database);
        try (Connection load = database.connect();
                Statement statement = load.createStatement()) {
            load.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('merge/orders/cafe24-hlogdemo', 0))");
            statement.execute("UPDATE raw.order_item SET claim_done_on = '2025-12-30', item_status = 'RETURNED'");

            assertThat(retention(database).run()).isEqualTo(ExitCode.HELD);
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("orders of cafe24-hlogdemo: being loaded now; wait for it to end and run again");
            load.commit();
        }

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT item_id, claim_done_on FROM raw.order_item"))
                .containsExactly("OLD-1|2025-12-30");
        assertThat(database.rows("SELECT order_id FROM raw.sales_order")).containsExactly("OLD");
    }

    @Test
    void filesOfAWindowThatIsBeingCheckedStayForTheNextTime(TestDatabase database) throws Exception {
        oldOrder(database);
        Path clean = workspace.resolve("clean/orders/2020-12-20/cafe24-hlogdemo");
        RunRequest check = new RunRequest(
                "transform-job",
                "orders",
                "cafe24-hlogdemo",
                LocalDate.of(2020, 12, 20),
                "1",
                new Workspace(workspace));
        try (HeldRun run = HeldRun.begin(check, database.environment(), Clock.systemUTC())) {
            assertThat(retention(database).run()).isEqualTo(ExitCode.HELD);
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("transform-job/orders/cafe24-hlogdemo/2020-12-20: held by run "
                            + run.context().runId());
        }
        assertThat(clean.resolve("manifest.json")).exists();
        assertThat(database.rows("SELECT order_id FROM raw.sales_order")).containsExactly("OLD");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(clean).doesNotExist();
        assertThat(database.rows("SELECT order_id FROM raw.sales_order")).isEmpty();
        assertThat(database.rows("SELECT place, removed FROM ops.retention_log WHERE dataset = 'orders' ORDER BY 1"))
                .containsExactly("clean|3", "ops.pipeline_run_log|1", "raw.sales_order|3");
    }

    @Test
    void aggregatesGoWithTheirTimeAndNotWhileTheyAreMade(TestDatabase database) throws Exception {
        write("aggregates/events/2020-01-01/manifest.json");
        write("aggregates/events/2020-01-01/20200102T000000000Z-00000000/hourly_traffic/part-00000.parquet");
        write("aggregates/events/2025-12-31/manifest.json");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('jangbu:spark-job/events/aggregate/2020-01-01', 0))");
            assertThat(retention(database).run()).isEqualTo(ExitCode.HELD);
        }
        assertThat(workspace.resolve("aggregates/events/2020-01-01/manifest.json"))
                .exists();

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);

        assertThat(workspace.resolve("aggregates/events/2020-01-01")).doesNotExist();
        assertThat(workspace.resolve("aggregates/events/2025-12-31/manifest.json"))
                .exists();
        assertThat(database.rows("SELECT business_date, place, removed, keep FROM ops.retention_log"))
                .containsExactly("2020-01-01|aggregates|2|3y");
    }

    @Test
    void onlyWhereThereIsALakeIsItHandedOn(TestDatabase database) throws Exception {
        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"spark\":[]");
        assertThat(retention(database).plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("dry_run");
        database.execute(
                "INSERT INTO lake.iceberg_tables VALUES ('lake', '', 'events', 'file:/lake/1.json', NULL, 'TABLE')");

        assertThat(retention(database).run()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"spark\":[\"lake\",\"lake-states\"]");
        said.reset();
        assertThat(retention(database).plan()).isEqualTo(ExitCode.DONE);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .noneMatch(line -> line.startsWith("lake"))
                .last()
                .asString()
                .contains("\"dry_run\":true", "\"spark\":[\"lake\",\"lake-states\"]");
    }

    /** One order of one line, out of its five years. */
    private void oldOrder(TestDatabase database) {
        String seen = "2020-12-21T00:00:00Z";
        CleanWindow window = new CleanWindow("orders", workspace, database).on("2020-12-20");
        assertThat(window.load(
                        CleanRow.order("OLD", seen)
                                .with("ordered_at=2020-12-20T01:00:00.000000Z,ordered_on=2020-12-20"),
                        CleanRow.item("OLD", "OLD-1", seen)
                                .with("paid_at=2020-12-20T01:01:00.000000Z,paid_on=2020-12-20")))
                .isEqualTo(ExitCode.DONE);
    }

    /** One purchase, one order, one reject, a landing, a report, a proof of an erasure. */
    private void day(TestDatabase database, LocalDate day) throws IOException {
        String table = "raw.raw_events_" + day.toString().replace("-", "");
        database.execute("CREATE TABLE " + table + " PARTITION OF raw.raw_events FOR VALUES FROM ('" + day + "') TO ('"
                + day.plusDays(1) + "')");
        database.execute(
                "INSERT INTO " + table + " (event_date, event_id, event_type, user_id, session_id, occurred_at,"
                        + " platform) VALUES ('" + day + "', gen_random_uuid(), 'purchase', 'U1', 's', now(), 'web')");
        database.execute("INSERT INTO mart.mart_orders (order_id, user_id, order_date, order_timestamp, platform,"
                + " discount_amount, shipping_fee, item_count) VALUES ('o', 'U1', '" + day
                + "', now(), 'web', 0, 0, 1)");
        database.execute(
                "INSERT INTO ops.rejected_record (run_id, dataset, slice, business_date, file, line, check_name,"
                        + " checks, raw, raw_bytes) VALUES ('r" + day + "', 'events', 'all', '" + day
                        + "', 'f', 1, 'c', '[]', 'x', 1)");
        write("landing/events/" + day + "/manifest.json");
        write("reports/run/" + day + ".json");
        write("reports/erasure/20200101T000000000Z-00000000.json");
    }

    private void write(String file) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{}");
    }

    private Retention retention(TestDatabase database) {
        Database jobs = new Database(
                DatabaseSettings.from(database.environment(), new Workspace(workspace)),
                BusinessCalendar.seoul(),
                "jangbu:test");
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Retention(
                Policy.read(null),
                AS_OF,
                "me",
                new Workspace(workspace),
                database.environment(),
                jobs,
                Clock.systemUTC(),
                out);
    }
}
