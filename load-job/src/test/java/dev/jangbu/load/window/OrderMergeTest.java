package dev.jangbu.load.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class OrderMergeTest {
    private static final String KEY = "ab".repeat(32);
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String NIGHT = "2026-03-02T14:00:00Z";
    private static final String NEXT = "2026-03-03T10:00:00Z";

    private static final String ORDERS =
            "SELECT order_id, item_gross, item_discount, order_discount, shipping_fee, item_count, status,"
                    + " has_open_claim FROM raw.sales_order ORDER BY order_id";
    private static final String ITEMS = "SELECT item_id, item_status, raw_status, allocated_discount, line_net"
            + " FROM raw.order_item ORDER BY item_id";
    private static final String HISTORY = "SELECT item_id, item_status, raw_status,"
            + " TO_CHAR(effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI'), is_backward"
            + " FROM raw.order_item_status_history ORDER BY item_id, observed_at, effective_at";
    private static final String LEDGER =
            "SELECT split_part(split_part(file, '/', 2), '-', 1), copied, in_table, inserted, updated, unchanged,"
                    + " superseded FROM ops.load_log ORDER BY loaded_at, file";
    private static final String LAST_TOUCHED =
            "SELECT business_date FROM ops.touched_day WHERE run_id = (SELECT MAX(run_id) FROM ops.load_log) ORDER BY 1";

    @TempDir
    private Path workspace;

    @Test
    void anOrderOfThreeLinesIsThere(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load(threeLines())).isEqualTo(ExitCode.DONE);

        // 1,000 over 10,000, 10,000 and 5,000: 400, 400, 200.
        assertThat(database.rows(ORDERS)).containsExactly("O1|25000.00|0.00|1000.00|3000.00|3|PAID|f");
        assertThat(database.rows(ITEMS))
                .containsExactly(
                        "O1-1|PAID|N10|400.00|9600.00",
                        "O1-2|PREPARING|N20|400.00|9600.00",
                        "O1-3|CANCELED|C40|200.00|4800.00");
        assertThat(database.rows(HISTORY))
                .containsExactly(
                        "O1-1|PAID|N10|2026-03-02T01:01|f",
                        "O1-2|PREPARING|N20|2026-03-02T10:00|f",
                        "O1-3|CANCELED|C40|2026-03-04T02:00|f");
        assertThat(
                        database.rows(
                                "SELECT tenant_id, channel_code, kind, first_seen_at AT TIME ZONE 'UTC', person_key FROM raw.customer"))
                .containsExactly("hlog|CAFE24|MEMBER|2026-03-02 01:00:00|NULL");
        assertThat(database.rows("SELECT order_id, item_id, coupon_code, discount_amount FROM raw.order_coupon"))
                .containsExactly("O1||C-1|1000.00");
        assertThat(database.rows("SELECT dataset, business_date, load_date FROM ops.touched_day ORDER BY 2"))
                .containsExactly("orders|2026-03-02|2026-03-02", "orders|2026-03-04|2026-03-02");
        assertThat(database.rows(LEDGER))
                .containsExactly(
                        "sales_order|1|NULL|1|0|0|0", "order_item|3|NULL|3|0|0|0", "order_coupon|1|NULL|1|0|0|0");
        assertThat(database.rows("SELECT dataset, slice, position AT TIME ZONE 'UTC' FROM ops.watermark"))
                .containsExactly("orders|cafe24-hlogdemo|2026-03-02 15:00:00");
        assertThat(window.lastLine())
                .contains("\"status\":\"done\"")
                .contains("\"inserted\":5,\"updated\":0,\"unchanged\":0,\"superseded\":0,\"touched_days\":2");
    }

    @Test
    void theSameWindowAgainChangesNothing(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(threeLines())).isEqualTo(ExitCode.DONE);
        List<String> once = everything(database);

        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);

        assertThat(everything(database)).isEqualTo(once);
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();
        assertThat(database.rows(LEDGER).subList(3, 6))
                .containsExactly(
                        "sales_order|1|NULL|0|0|1|0", "order_item|3|NULL|0|0|3|0", "order_coupon|1|NULL|0|0|1|0");
    }

    @Test
    void theSameContentReadLaterOnlySaysWhenItWasSeen(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(threeLines())).isEqualTo(ExitCode.DONE);
        String unseen = "SELECT to_jsonb(t) - 'observed_at' - 'last_seen_at' FROM %s AS t ORDER BY 1";
        List<String> orders = database.rows(unseen.formatted("raw.sales_order"));
        List<String> items = database.rows(unseen.formatted("raw.order_item"));

        assertThat(window.on("2026-03-03").load(seenAt(NEXT, threeLines()))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(unseen.formatted("raw.sales_order"))).isEqualTo(orders);
        assertThat(database.rows(unseen.formatted("raw.order_item"))).isEqualTo(items);
        assertThat(
                        database.rows(
                                "SELECT DISTINCT observed_at AT TIME ZONE 'UTC' FROM raw.order_item UNION SELECT last_seen_at AT TIME ZONE 'UTC' FROM raw.sales_order"))
                .containsExactly("2026-03-03 10:00:00");
        assertThat(database.value("SELECT COUNT(*) FROM raw.order_item_status_history"))
                .isEqualTo("3");
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();
    }

    /** Paid on one day and returned on another: both are in the history, both are touched, and so is the day it was on before. */
    @Test
    void aLinePaidOnOneDayAndReturnedWeeksLater(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);
        CleanRow returned = item("O1-1", "2026-03-21T12:00:00Z")
                .with(
                        "item_status=RETURNED,raw_status=R40,remaining_quantity=0,claim_type=RETURN,claim_state=DONE,"
                                + "claim_requested_at=2026-03-18T01:00:00Z,claim_done_at=2026-03-20T01:00:00Z,claim_done_on=2026-03-20");

        assertThat(window.on("2026-03-03").load(order(EVENING), returned)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ITEMS)).containsExactly("O1-1|RETURNED|R40|0.00|10000.00");
        assertThat(database.rows(HISTORY))
                .containsExactly("O1-1|PAID|N10|2026-03-02T01:01|f", "O1-1|RETURNED|R40|2026-03-20T01:00|f");
        assertThat(database.rows(ORDERS)).containsExactly("O1|10000.00|0.00|0.00|3000.00|1|RETURNED|f");
        assertThat(database.rows(LAST_TOUCHED)).containsExactly("2026-03-02", "2026-03-20");
    }

    @Test
    void aPaymentThatMovesToAnotherDayTouchesBoth(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03")
                        .load(
                                order(EVENING),
                                item("O1-1", NEXT).with("paid_at=2026-03-04T01:00:00Z,paid_on=2026-03-04")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(LAST_TOUCHED)).containsExactly("2026-03-02", "2026-03-04");
    }

    @Test
    void anOlderWindowThatComesLateChangesNothing(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        CleanRow shipped =
                item("O1-1", NEXT).with("item_status=SHIPPING,raw_status=N30,shipped_at=2026-03-03T02:00:00Z");
        assertThat(window.on("2026-03-03").load(order(NEXT).with("paid_amount=9.00"), shipped))
                .isEqualTo(ExitCode.DONE);
        List<String> newer = everything(database);

        assertThat(window.on("2026-03-02").load(order(EVENING), item("O1-1", EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(everything(database)).isEqualTo(newer);
        assertThat(database.rows(LEDGER).subList(2, 4))
                .containsExactly("sales_order|1|NULL|0|0|0|1", "order_item|1|NULL|0|0|0|1");
        assertThat(database.value("SELECT position AT TIME ZONE 'UTC' FROM ops.watermark"))
                .isEqualTo("2026-03-03 15:00:00");
    }

    @Test
    void ofSeveralVersionsInOneWindowTheNewestStaysAndEachStatusIsInTheHistory(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load(
                        order(NIGHT),
                        order(EVENING),
                        item("O1-1", NIGHT).with("item_status=SHIPPING,raw_status=N30,shipped_at=2026-03-02T13:00:00Z"),
                        item("O1-1", EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ITEMS)).containsExactly("O1-1|SHIPPING|N30|0.00|10000.00");
        assertThat(database.rows(HISTORY))
                .containsExactly("O1-1|PAID|N10|2026-03-02T01:01|f", "O1-1|SHIPPING|N30|2026-03-02T13:00|f");
        assertThat(database.rows(LEDGER)).containsExactly("sales_order|2|NULL|1|0|0|1", "order_item|2|NULL|1|0|0|1");
    }

    /** A platform that tells lines apart: those of one order come in different windows. */
    @Test
    void theLinesOfAnOrderMayComeInDifferentWindows(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        CleanRow order = order(EVENING).with("order_discount=1000.00,shipping_fee=");
        CleanRow first = item("O1-1", EVENING).with("package_number=P1,package_shipping_fee=3000.00");
        CleanRow second = item("O1-2", NEXT)
                .with("unit_price=20000.00,line_gross=20000.00,package_number=P1,package_shipping_fee=3000.00");
        CleanRow third =
                item("O1-3", NEXT).with("package_number=P2,package_shipping_fee=2500.00,item_status=DELIVERED");
        assertThat(window.load(order, first)).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(ORDERS)).containsExactly("O1|10000.00|0.00|1000.00|3000.00|1|PAID|f");
        assertThat(database.rows(ITEMS)).containsExactly("O1-1|PAID|N10|1000.00|9000.00");

        assertThat(window.on("2026-03-03").load(order.seenAt(NEXT), second, third))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ORDERS)).containsExactly("O1|40000.00|0.00|1000.00|5500.00|3|PAID|f");
        assertThat(database.rows(ITEMS))
                .containsExactly(
                        "O1-1|PAID|N10|250.00|9750.00",
                        "O1-2|PAID|N10|500.00|19500.00",
                        "O1-3|DELIVERED|N10|250.00|9750.00");
    }

    @Test
    void whatDoesNotDivideGoesToTheLargestLine(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load(
                        order(EVENING).with("order_discount=1000.00"),
                        item("O1-1", EVENING),
                        item("O1-2", EVENING).with("line_gross=10001.00"),
                        item("O1-3", EVENING),
                        item("O1-4", EVENING)
                                .with("line_kind=EXCHANGE_OUT,item_status=EXCHANGE_REQUESTED,raw_status=N01")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ITEMS))
                .containsExactly(
                        "O1-1|PAID|N10|333.00|9667.00",
                        "O1-2|PAID|N10|334.00|9667.00",
                        "O1-3|PAID|N10|333.00|9667.00",
                        "O1-4|EXCHANGE_REQUESTED|N01|0.00|10000.00");
        assertThat(database.rows(ORDERS)).containsExactly("O1|30001.00|0.00|1000.00|3000.00|3|PAID|t");
    }

    @Test
    void anUnknownStatusLeavesTheKnownOne(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(
                        order(EVENING),
                        item("O1-1", EVENING)
                                .with("item_status=DELIVERED,raw_status=N40,delivered_at=2026-03-02T09:00:00Z"),
                        item("O1-2", EVENING).with("item_status=UNKNOWN,raw_status=N98,ever_paid=false")))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03")
                        .load(
                                order(NEXT),
                                item("O1-1", NEXT).with("item_status=UNKNOWN,raw_status=N99,ever_paid=false"),
                                item("O1-2", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ITEMS))
                .containsExactly("O1-1|DELIVERED|N99|0.00|10000.00", "O1-2|PAID|N10|0.00|10000.00");
        assertThat(database.rows("SELECT item_id, ever_paid FROM raw.order_item ORDER BY 1"))
                .containsExactly("O1-1|t", "O1-2|t");
        assertThat(database.rows(HISTORY))
                .containsExactly(
                        "O1-1|DELIVERED|N40|2026-03-02T09:00|f",
                        "O1-2|UNKNOWN|N98|2026-03-02T10:00|f",
                        "O1-2|PAID|N10|2026-03-02T01:01|f");
    }

    @Test
    void aStepBackIsKeptAndFlagged(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);
        assertThat(window.load(order(EVENING), item("O1-1", NIGHT).with("item_status=DELIVERED,raw_status=N40")))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03").load(order(EVENING), item("O1-1", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(HISTORY))
                .containsExactly(
                        "O1-1|PAID|N10|2026-03-02T01:01|f",
                        "O1-1|DELIVERED|N40|2026-03-02T14:00|f",
                        "O1-1|PAID|N10|2026-03-03T10:00|t");
    }

    /** Some platforms do not tell when a claim was done: it is of the day it was first seen so, and stays there. */
    @Test
    void aClaimWithoutATimeIsOfTheDayItWasFirstSeenDone(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        CleanRow canceled = item("O1-1", "2026-03-02T16:00:00Z").with("item_status=CANCELED,raw_status=취소완료");
        assertThat(window.load(order(EVENING), canceled)).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03")
                        .load(order(EVENING), canceled.with("option_text=색상").seenAt("2026-03-09T16:00:00Z")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(
                        "SELECT claim_done_at AT TIME ZONE 'UTC', claim_done_on, option_text FROM raw.order_item"))
                .containsExactly("2026-03-02 16:00:00|2026-03-03|색상");
    }

    /** A load that dies before its commit leaves nothing; run again, it leaves what an undisturbed one would have. */
    @Test
    void aLoadThatFailsMidwayLeavesNothingAndTheNextOneAll(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        database.execute("CREATE FUNCTION public.refuse() RETURNS TRIGGER LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''the disk is full''; END'");
        database.execute("CREATE TRIGGER refuse BEFORE INSERT ON ops.touched_day EXECUTE FUNCTION public.refuse()");
        assertThat(window.load(threeLines())).isEqualTo(ExitCode.FAILED);
        assertThat(window.lastLine()).contains("the disk is full");
        assertThat(everything(database)).isEmpty();
        assertThat(database.rows(LEDGER)).isEmpty();
        assertThat(database.rows("SELECT * FROM ops.watermark")).isEmpty();
        database.execute("DROP TRIGGER refuse ON ops.touched_day");

        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);

        List<String> recovered = everything(database);
        database.execute("TRUNCATE raw.sales_order, raw.order_item, raw.order_item_status_history, raw.order_coupon");
        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(withoutRun(everything(database))).isEqualTo(withoutRun(recovered));
        assertThat(recovered).hasSize(8);
    }

    @Test
    void aWindowThatBeginsBehindWhatIsLoadedIsRefused(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-04").load(order(NEXT), item("O1-2", NEXT)))
                .isEqualTo(ExitCode.FAILED);

        assertThat(window.lastLine())
                .contains(
                        "window of cafe24-hlogdemo: begins at 2026-03-03T15:00:00Z (expected: at 2026-03-02T15:00:00Z or"
                                + " before, up to which orders are loaded); nothing was loaded, extract again: java -jar"
                                + " extract-job/target/extract-job.jar orders --account cafe24-hlogdemo --ds 2026-03-04");
        assertThat(database.rows(ITEMS)).hasSize(1);
    }

    @Test
    void aReconciliationAsksNoWatermarkAndMovesNone(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);

        assertThat(window.ofSlice("cafe24-hlogdemo.reconcile").on("2026-03-09").load(order(NEXT), item("O1-2", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(ITEMS)).hasSize(2);
        assertThat(database.rows("SELECT slice, position AT TIME ZONE 'UTC' FROM ops.watermark"))
                .containsExactly("cafe24-hlogdemo|2026-03-02 15:00:00");
    }

    @Test
    void aWindowWithoutRecordsMovesTheWatermark(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load()).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT file, copied, inserted + updated + unchanged + superseded FROM ops.load_log"))
                .containsExactly("(no file)|0|0");
        assertThat(database.value("SELECT position AT TIME ZONE 'UTC' FROM ops.watermark"))
                .isEqualTo("2026-03-02 15:00:00");
    }

    @Test
    void rowsOfAnotherAccountAreRefused(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load(order(EVENING).with("account_id=cafe24-other"))).isEqualTo(ExitCode.FAILED);

        assertThat(window.lastLine())
                .contains(
                        "sales_order: 1 rows with account_id cafe24-other (expected: cafe24-hlogdemo); nothing was loaded");
    }

    @Test
    void anAccountNobodyAddedIsRefused(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database).ofSlice("cafe24-nobody");

        assertThat(window.load(order(EVENING))).isEqualTo(ExitCode.USAGE);

        assertThat(window.lastLine())
                .contains(
                        "--account: cafe24-nobody (expected: an account of ops.account; see extract-job accounts list)");
    }

    @Test
    void aFileOfNoTableOfTheDatasetIsRefused(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);

        assertThat(window.load(CleanRow.of("refund", "account_id=cafe24-hlogdemo", EVENING)))
                .isEqualTo(ExitCode.FAILED);

        assertThat(window.lastLine())
                .contains(
                        "refund-00000.csv: no table of this dataset (expected: <table>-00000.csv, a table of order_coupon,"
                                + " order_item, sales_order)");
    }

    @Test
    void theLedgerRefusesCountsThatDoNotAddUp(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        assertThat(window.load(order(EVENING), item("O1-1", EVENING))).isEqualTo(ExitCode.DONE);

        assertThatThrownBy(() -> database.execute("UPDATE ops.load_log SET unchanged = unchanged + 1"))
                .rootCause()
                .hasMessageContaining("clean_is_sent_copied_and_there");
        assertThatThrownBy(() -> database.execute("UPDATE ops.load_log SET superseded = NULL"))
                .rootCause()
                .hasMessageContaining("rows_are_in_the_table_or_merged");
        assertThatThrownBy(() -> database.execute("UPDATE ops.load_log SET inserted = 2, updated = -1"))
                .rootCause()
                .hasMessageContaining("merged_counts_are_not_negative");
    }

    @Test
    void theLoaderMayDoIt(TestDatabase database) {
        CleanWindow window = new CleanWindow("orders", workspace, database);
        window.publish(threeLines());
        database.execute("CREATE ROLE merging LOGIN IN ROLE jangbu_loader");
        try {
            assertThat(window.load(Map.of(
                            "JANGBU_DB_URL",
                            database.url(),
                            "JANGBU_DB_USER",
                            "merging",
                            "JANGBU_DB_WAIT_SECONDS",
                            "1")))
                    .isEqualTo(ExitCode.DONE);
        } finally {
            database.execute("DROP ROLE merging");
        }
    }

    private static CleanRow[] threeLines() {
        return new CleanRow[] {
            order(EVENING).with("customer_key=" + KEY + ",order_discount=1000.00"),
            item("O1-1", EVENING),
            item("O1-2", EVENING).with("item_status=PREPARING,raw_status=N20"),
            item("O1-3", EVENING)
                    .with(
                            "unit_price=5000.00,line_gross=5000.00,remaining_quantity=0,item_status=CANCELED,raw_status=C40,"
                                    + "claim_done_at=2026-03-04T02:00:00Z,claim_done_on=2026-03-04"),
            CleanRow.orderCoupon("O1", "''", "C-1", EVENING)
        };
    }

    private static CleanRow[] seenAt(String instant, CleanRow... rows) {
        return List.of(rows).stream().map(row -> row.seenAt(instant)).toArray(CleanRow[]::new);
    }

    private static CleanRow order(String observedAt) {
        return CleanRow.order("O1", observedAt);
    }

    private static CleanRow item(String item, String observedAt) {
        return CleanRow.item("O1", item, observedAt);
    }

    /** Every row of the dataset's tables, whole. */
    private static List<String> everything(TestDatabase database) {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("sales_order", "order_item", "order_item_status_history", "order_coupon")) {
            rows.addAll(database.rows("SELECT '" + table + "', t FROM raw." + table + " AS t ORDER BY 2"));
        }
        return rows;
    }

    private static List<String> withoutRun(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceAll("\\d{8}T\\d{9}Z-[0-9a-f]{8}", "run"))
                .toList();
    }
}
