package dev.jangbu.load.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The datasets beside orders: each its first window, the same again, a change, and what is special about it. */
@ExtendWith(PostgresExtension.class)
class OtherMergesTest {
    private static final String EVENING = "2026-03-02T10:00:00Z";
    private static final String NEXT = "2026-03-03T10:00:00Z";
    private static final String LATER = "2026-03-04T10:00:00Z";

    private static final String PRODUCTS =
            "SELECT product_id, sale_price, removed_at AT TIME ZONE 'UTC' FROM raw.product ORDER BY 1";
    private static final String WEB = "SELECT traffic_date, source_name, sessions FROM raw.web_daily ORDER BY 1, 2";
    private static final String COUNTS = "SELECT split_part(split_part(file, '/', 2), '-', 1), inserted, updated,"
            + " unchanged, superseded FROM ops.load_log ORDER BY loaded_at, file";
    private static final String LAST_TOUCHED =
            "SELECT business_date FROM ops.touched_day WHERE run_id = (SELECT MAX(run_id) FROM ops.load_log) ORDER BY 1";

    @TempDir
    private Path workspace;

    @Test
    void refundsAreMergedByTheirId(TestDatabase database) {
        CleanWindow window = new CleanWindow("refunds", workspace, database);
        assertThat(window.load(refund("R1", EVENING), refund("R2", EVENING))).isEqualTo(ExitCode.DONE);
        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03").load(refund("R1", NEXT).with("status=T,completed_at=2026-03-03T09:00:00Z")))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(
                        "SELECT refund_id, amount, status, completed_at AT TIME ZONE 'UTC' FROM raw.refund ORDER BY 1"))
                .containsExactly("R1|9000.00|T|2026-03-03 09:00:00", "R2|9000.00|F|NULL");
        assertThat(database.rows(COUNTS)).containsExactly("refund|2|0|0|0", "refund|0|0|2|0", "refund|0|1|0|0");
    }

    @Test
    void couponsAreMergedByTheirId(TestDatabase database) {
        CleanWindow window = new CleanWindow("coupons", workspace, database);
        CleanRow coupon = CleanRow.of(
                "coupon",
                "account_id=cafe24-hlogdemo,coupon_id=C1,coupon_name=봄맞이,benefit_kind=AMOUNT,benefit_value=5000.00,"
                        + "max_discount=,min_order=,valid_from=,valid_to=,issued_count=3,is_deleted=false,created_at=",
                EVENING);
        assertThat(window.load(coupon)).isEqualTo(ExitCode.DONE);
        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03").load(coupon.with("issued_count=4").seenAt(NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT coupon_id, issued_count FROM raw.coupon"))
                .containsExactly("C1|4");
        assertThat(database.rows(COUNTS)).containsExactly("coupon|1|0|0|0", "coupon|0|0|1|0", "coupon|0|1|0|0");
    }

    @Test
    void aProductIsGoneOnlyWhenACompleteReadingDoesNotHaveIt(TestDatabase database) {
        CleanWindow window = new CleanWindow("products", workspace, database);
        assertThat(window.load(product("P1", EVENING), product("P2", EVENING), category(EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03").load(product("P1", NEXT).with("sale_price=9.00")))
                .isEqualTo(ExitCode.DONE);
        assertThat(database.rows(PRODUCTS)).containsExactly("P1|9.00|NULL", "P2|8000.00|NULL");

        assertThat(window.on("2026-03-04")
                        .counting("complete", 1)
                        .load(product("P1", LATER).with("sale_price=9.00"), product("P3", LATER)))
                .isEqualTo(ExitCode.DONE);
        List<String> complete = database.rows("SELECT t FROM raw.product AS t ORDER BY 1");
        assertThat(database.rows(PRODUCTS))
                .containsExactly("P1|9.00|NULL", "P2|8000.00|2026-03-04 10:00:00", "P3|8000.00|NULL");

        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows("SELECT t FROM raw.product AS t ORDER BY 1")).isEqualTo(complete);
        assertThat(database.rows("SELECT category_id, path FROM raw.category")).containsExactly("24|의류");
    }

    @Test
    void aProductThatComesBackIsThereAgain(TestDatabase database) {
        CleanWindow window = new CleanWindow("products", workspace, database);
        assertThat(window.load(product("P1", EVENING), product("P2", EVENING))).isEqualTo(ExitCode.DONE);
        assertThat(window.on("2026-03-03").counting("complete", 1).load(product("P1", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-04").load(product("P1", LATER), product("P2", LATER)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(PRODUCTS)).containsExactly("P1|8000.00|NULL", "P2|8000.00|NULL");
        assertThat(database.rows(COUNTS)).containsExactly("product|2|0|0|0", "product|0|0|1|0", "product|0|1|1|0");
    }

    @Test
    void anEmptyReadingRemovesNoProduct(TestDatabase database) {
        CleanWindow window = new CleanWindow("products", workspace, database);
        assertThat(window.load(product("P1", EVENING))).isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03").counting("complete", 1).load()).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(PRODUCTS)).containsExactly("P1|8000.00|NULL");
    }

    @Test
    void aDayOfVisitsIsReplacedByItsNewestReading(TestDatabase database) {
        CleanWindow window = new CleanWindow("web-traffic", workspace, database);
        assertThat(window.load(
                        visits("2026-03-01", "naver", 5, EVENING),
                        visits("2026-03-02", "naver", 7, EVENING),
                        visits("2026-03-02", "google", 3, EVENING)))
                .isEqualTo(ExitCode.DONE);
        assertThat(window.load(database.environment())).isEqualTo(ExitCode.DONE);
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();

        assertThat(window.on("2026-03-03")
                        .load(visits("2026-03-02", "naver", 9, NEXT), visits("2026-03-02", "daum", 1, NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(WEB)).containsExactly("2026-03-01|naver|5", "2026-03-02|daum|1", "2026-03-02|naver|9");
        assertThat(database.rows(LAST_TOUCHED)).containsExactly("2026-03-02");
        assertThat(database.rows(COUNTS))
                .containsExactly("web_daily|3|0|0|0", "web_daily|0|0|3|0", "web_daily|1|1|0|0");
    }

    @Test
    void itemsAndTransactionsOfADayAreReplacedBesideItsVisits(TestDatabase database) {
        CleanWindow window = new CleanWindow("web-traffic", workspace, database);
        assertThat(window.load(
                        visits("2026-03-02", "naver", 7, EVENING),
                        item("P1", 30, EVENING),
                        item("P2", 2, EVENING),
                        transaction("O1", EVENING),
                        transaction("O2", EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(window.on("2026-03-03")
                        .load(
                                visits("2026-03-02", "naver", 7, NEXT),
                                item("P1", 31, NEXT),
                                transaction("O2", NEXT),
                                transaction("O3", NEXT)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT item_id, items_viewed FROM raw.web_item_daily"))
                .containsExactly("P1|31");
        assertThat(database.rows("SELECT transaction_id FROM raw.web_transaction ORDER BY 1"))
                .containsExactly("O2", "O3");
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();
        assertThat(database.rows(COUNTS))
                .containsExactlyInAnyOrder(
                        "web_daily|1|0|0|0",
                        "web_item_daily|2|0|0|0",
                        "web_transaction|2|0|0|0",
                        "web_daily|0|0|1|0",
                        "web_item_daily|0|1|0|0",
                        "web_transaction|1|0|1|0");
    }

    @Test
    void anOlderReadingOfADayComesTooLate(TestDatabase database) {
        CleanWindow window = new CleanWindow("web-traffic", workspace, database);
        assertThat(window.load(visits("2026-03-02", "naver", 9, NEXT))).isEqualTo(ExitCode.DONE);

        assertThat(window.load(visits("2026-03-02", "naver", 7, EVENING), visits("2026-03-02", "google", 3, EVENING)))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows(WEB)).containsExactly("2026-03-02|naver|9");
        assertThat(database.rows(COUNTS)).containsExactly("web_daily|1|0|0|0", "web_daily|0|0|0|2");
        assertThat(database.rows(LAST_TOUCHED)).isEmpty();
    }

    private static CleanRow refund(String id, String observedAt) {
        return CleanRow.of(
                "refund",
                "account_id=cafe24-hlogdemo,refund_id=" + id + ",order_id=O1,item_ids=O1-1,amount=9000.00,points=0.00,"
                        + "status=F,requested_at=,completed_at=",
                observedAt);
    }

    private static CleanRow product(String id, String observedAt) {
        return CleanRow.of(
                "product",
                "account_id=cafe24-hlogdemo,product_id=" + id + ",product_code=,seller_code=,product_name=셔츠,"
                        + "category_id=24,list_price=10000.00,sale_price=8000.00,supply_price=,status=ON_SALE,stock=,"
                        + "created_at=,updated_at=",
                observedAt);
    }

    private static CleanRow category(String observedAt) {
        return CleanRow.of(
                "category",
                "account_id=cafe24-hlogdemo,category_id=24,parent_id=,depth=1,category_name=의류,path=의류",
                observedAt);
    }

    private static CleanRow visits(String day, String source, int sessions, String observedAt) {
        return CleanRow.of(
                "web_daily",
                "account_id=cafe24-hlogdemo,traffic_source=GA4,traffic_date=" + day + ",channel_group=Organic Search,"
                        + "source_name=" + source + ",medium=organic,sessions=" + sessions
                        + ",users=1,purchases=0,revenue=0.00,is_approximate=false",
                observedAt);
    }

    private static CleanRow item(String id, int views, String observedAt) {
        return CleanRow.of(
                "web_item_daily",
                "account_id=cafe24-hlogdemo,traffic_date=2026-03-02,item_id=" + id + ",item_name=셔츠,items_viewed="
                        + views + ",items_added_to_cart=1,items_purchased=1,item_revenue=9000.00,is_approximate=false",
                observedAt);
    }

    private static CleanRow transaction(String id, String observedAt) {
        return CleanRow.of(
                "web_transaction",
                "account_id=cafe24-hlogdemo,traffic_date=2026-03-02,transaction_id=" + id
                        + ",purchases=1,revenue=9000.00,is_approximate=false",
                observedAt);
    }
}
