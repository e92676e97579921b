package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What analysts read beside the marts. */
@ExtendWith(PostgresExtension.class)
class SalesViewsTest {
    @TempDir
    private Path workspace = Path.of("");

    @Test
    void theFormerTableHasItsColumnsAndAllLinesButThoseImportedTwice(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog'), ('naver-hlog', 'hlog', 'NAVER', 'n'),"
                + " ('ably-hlog', 'hlog', 'ABLY', 'a')");
        String customer = "c".repeat(64);
        rows.copy("raw.customer", "customer_key\n" + customer + "\n");
        rows.copy(
                "raw.sales_order",
                "account_id,order_id,customer_key,imported_from\ncafe24-hlog,1," + customer
                        + ",\ncafe24-hlog,2,,shopn\nnaver-hlog,3,,\nably-hlog,4,,\n");
        rows.copy("raw.product", """
                account_id,product_id,supply_price
                cafe24-hlog,21,4000
                """);
        rows.copy("raw.order_item", """
                account_id,item_id,order_id,product_id,quantity,line_gross,line_discount,commission_amount,item_status,line_kind
                cafe24-hlog,1-1,1,21,2,20000,1000,500,SHIPPING,SALE
                cafe24-hlog,1-2,1,22,1,5000,0,,CANCELED,SALE
                cafe24-hlog,1-3,1,22,1,5000,0,,SHIPPING,EXCHANGE_OUT
                cafe24-hlog,2-1,2,21,1,9000,0,,PAID,SALE
                naver-hlog,3-1,3,9,1,9000,0,,RETURNED,SALE
                ably-hlog,4-1,4,,1,3000,0,,PAID,SALE
                """);

        assertThat(database.rows("SELECT \"Platform\", 주문번호, \"Status\", 주문일자, 고객명, 상품명, 수량, 판매가, \"Profit\","
                        + " \"취소/반품\" FROM mart.don_home_unionorder ORDER BY item_id"))
                .containsExactly(
                        "Homepage|1|SHIPPING|2026-01-15|" + customer + "|shirt|2|19000.00|10500.00|F",
                        "Homepage|1|CANCELED|2026-01-15|" + customer + "|shirt|1|5000.00|NULL|T",
                        "스마트스토어|3|RETURNED|2026-01-15|NULL|shirt|1|9000.00|NULL|T",
                        "ABLY|4|PAID|2026-01-15|NULL|shirt|1|3000.00|NULL|F");
        database.execute(
                "SET ROLE jangbu_analyst; SELECT 1 FROM don_home_unionorder, v_sales_weekly, v_sales_freshness");
    }

    @Test
    void aWeekBeginsOnMondayAndIsComparedWithTheOneBefore(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog')");
        rows.copy(
                "raw.sales_order", "account_id,order_id\ncafe24-hlog,1\ncafe24-hlog,2\ncafe24-hlog,3\ncafe24-hlog,4\n");
        rows.copy("raw.order_item", """
                account_id,item_id,order_id,line_gross,paid_on,item_status,claim_done_on
                cafe24-hlog,1,1,1000,2025-12-28,PAID,
                cafe24-hlog,2,2,2000,2025-12-29,PAID,
                cafe24-hlog,3,3,1000,2026-01-04,RETURNED,2026-01-05
                cafe24-hlog,4,4,600,2026-01-12,PAID,
                """);
        rows.touch(
                "load",
                LocalDate.parse("2025-12-28"),
                LocalDate.parse("2025-12-29"),
                LocalDate.parse("2026-01-04"),
                LocalDate.parse("2026-01-05"),
                LocalDate.parse("2026-01-12"));
        MartRun run = new MartRun(database, workspace);
        assertThat(run.buildTouched(MartRun.MARTS.named("mart_sales_daily"))).isEqualTo(ExitCode.DONE);
        String figures = "day_count, gross_amount, net_event_amount, order_count, return_count, gross_amount_before,"
                + " gross_change_rate, net_event_change_rate, order_change_rate";

        assertThat(database.rows("SELECT week_start, " + figures + " FROM mart.v_sales_weekly ORDER BY 1"))
                .containsExactly(
                        "2025-12-22|1|1000.00|1000.00|1|0|NULL|NULL|NULL|NULL",
                        "2025-12-29|2|3000.00|3000.00|2|0|1000.00|200.0|200.0|100.0",
                        "2026-01-05|1|0.00|-1000.00|0|1|3000.00|-100.0|-133.3|-100.0",
                        "2026-01-12|1|600.00|600.00|1|0|0.00|NULL|160.0|NULL");
        assertThat(database.rows("SELECT month_start, " + figures + " FROM mart.v_sales_monthly ORDER BY 1"))
                .containsExactly(
                        "2025-12-01|2|3000.00|3000.00|2|0|NULL|NULL|NULL|NULL",
                        "2026-01-01|3|1600.00|600.00|2|1|3000.00|-46.7|-80.0|0.0");
        assertThat(database.rows("SELECT year_start, " + figures + " FROM mart.v_sales_yearly ORDER BY 1"))
                .containsExactly(
                        "2025-01-01|2|3000.00|3000.00|2|0|NULL|NULL|NULL|NULL",
                        "2026-01-01|3|1600.00|600.00|2|1|3000.00|-46.7|-80.0|0.0");
    }

    @Test
    void analyticsIsSetBesideTheOwnMallOfItsShopOnly(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog'), ('naver-hlog', 'hlog', 'NAVER', 'n'),"
                + " ('ga4-hlog', 'hlog', 'GA4', '1'), ('cafe24-other', 'other', 'CAFE24', 'other'),"
                + " ('ga4-other', 'other', 'GA4', '2')");
        rows.copy("raw.sales_order", "account_id,order_id\ncafe24-hlog,1\nnaver-hlog,2\ncafe24-other,3\n");
        rows.copy("raw.order_item", """
                account_id,item_id,order_id,product_id,quantity,line_gross,paid_on
                cafe24-hlog,1-1,1,21,2,20000,2026-01-15
                naver-hlog,2-1,2,21,5,20000,2026-01-15
                cafe24-other,3-1,3,21,7,20000,2026-01-15
                """);
        rows.copy("raw.web_transaction", """
                account_id,traffic_date,transaction_id
                ga4-hlog,2026-01-15,1
                ga4-hlog,2026-01-15,2
                ga4-hlog,2026-01-15,3
                ga4-other,2026-01-15,3
                """);
        rows.copy("raw.web_item_daily", """
                account_id,traffic_date,item_id,items_viewed,items_added_to_cart,items_purchased
                ga4-hlog,2026-01-15,21,8,2,1
                ga4-hlog,2026-01-16,21,0,0,0
                """);

        assertThat(database.rows("SELECT * FROM mart.v_analytics_match ORDER BY account_id"))
                .containsExactly("2026-01-15|hlog|ga4-hlog|3|1|2|33.33|f", "2026-01-15|other|ga4-other|1|1|0|100.00|f");
        assertThat(database.rows("SELECT traffic_date, item_id, view_count, cart_count, purchase_count,"
                        + " sold_unit_count, cart_rate, purchase_rate FROM mart.v_item_interest_daily ORDER BY 1"))
                .containsExactly("2026-01-15|21|8|2|1|2|25.00|12.50", "2026-01-16|21|0|0|0|0|NULL|NULL");
    }

    @Test
    void theShopsOfAMallAreToldApart(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute(
                "INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id, shops)"
                        + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog', '{1,2}'), ('naver-hlog', 'hlog', 'NAVER', 'n', '{1}')");
        rows.copy("raw.sales_order", """
                account_id,channel_code,order_id,sub_channel
                cafe24-hlog,CAFE24,1,mobile
                cafe24-hlog,CAFE24,2,shop2.mobile
                cafe24-hlog,CAFE24,3,shop2.unknown
                naver-hlog,NAVER,4,
                """);
        rows.copy("raw.order_item", """
                account_id,item_id,order_id,quantity,line_gross,paid_on,item_status
                cafe24-hlog,1-1,1,1,20000,2026-01-15,PAID
                cafe24-hlog,2-1,2,1,5000,2026-01-15,PAID
                cafe24-hlog,2-2,2,1,4000,2026-01-15,CANCELED
                cafe24-hlog,3-1,3,1,3000,2026-01-15,PAID
                naver-hlog,4-1,4,1,9000,2026-01-15,PAID
                """);

        assertThat(database.rows("SELECT sales_date, account_id, shop_no, order_count, unit_count, gross_amount,"
                        + " net_restated_amount FROM mart.v_mall_shop_daily ORDER BY shop_no"))
                .containsExactly(
                        "2026-01-15|cafe24-hlog|1|1|1|20000.00|20000.00",
                        "2026-01-15|cafe24-hlog|2|2|3|12000.00|8000.00");
        database.execute("SET ROLE jangbu_analyst; SELECT 1 FROM mart.v_mall_shop_daily");
    }

    @Test
    void freshnessTellsOfEachAccountAndKind(TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id, status,"
                + " needs_attention_reason) VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog', 'ACTIVE', NULL),"
                + " ('ably-hlog', 'hlog', 'ABLY', 'a', 'NEEDS_ATTENTION', 'CAPTCHA')");
        database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id) VALUES"
                + " ('orders', 'cafe24-hlog', '2026-01-16 06:00+09', 'r'),"
                + " ('products', 'cafe24-hlog', '2026-01-15 06:00+09', 'r'),"
                + " ('orders', 'ably-hlog', '2026-01-10 06:00+09', 'r')");
        rows.touch("load", RawDays.DAY, RawDays.DAY.plusDays(1));

        assertThat(database.rows("SELECT tenant_id, account_id, channel_code, dataset, account_status,"
                        + " needs_attention_reason, waiting_day_count FROM mart.v_sales_freshness ORDER BY 2, 4"))
                .containsExactly(
                        "hlog|ably-hlog|ABLY|orders|NEEDS_ATTENTION|CAPTCHA|2",
                        "hlog|cafe24-hlog|CAFE24|orders|ACTIVE|NULL|2",
                        "hlog|cafe24-hlog|CAFE24|products|ACTIVE|NULL|0");
    }
}
