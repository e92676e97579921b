package dev.jangbu.mart.build;

import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Fills the tables of orders from a folder's CSV files, one a table, each with a header of any of the table's columns. What is
 * not named is as plain as can be: an account of the shop hlog on Cafe24, a line of one unit that is paid.
 */
final class SalesRows {
    /** In the order their foreign keys ask for. */
    private static final List<String> TABLES = List.of(
            "ops.account",
            "raw.customer",
            "raw.sales_order",
            "raw.order_item",
            "raw.order_coupon",
            "raw.product",
            "raw.web_daily",
            "raw.web_item_daily",
            "raw.web_transaction",
            "raw.card_sale",
            "mart.mart_store_daily_spend",
            "mart.mart_store_hourly_spend",
            "mart.mart_store_hour_profile",
            "mart.mart_store_weekly_spend");

    private static final String ACCOUNTS = """
            INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)
            VALUES
            ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog'),
            ('ga4-hlog', 'hlog', 'GA4', '1'),
            ('mysql-acquirer', 'acme', 'MYSQL', 'platform_sales')
            ON CONFLICT DO NOTHING""";

    private final TestDatabase database;

    SalesRows(TestDatabase database) {
        this.database = database;
        plainValues("raw.sales_order", "tenant_id = 'hlog'", "channel_code = 'CAFE24'", "currency = 'KRW'");
        plainValues("raw.sales_order", "ordered_at = '2026-01-15 10:00+09'", "ordered_on = '2026-01-15'");
        plainValues("raw.sales_order", "item_gross = 0", "item_discount = 0", "order_discount = 0", "item_count = 1");
        plainValues("raw.sales_order", "status = 'PAID'", "has_open_claim = 'f'");
        plainValues("raw.sales_order", "first_seen_at = '2026-01-16'", "last_seen_at = '2026-01-16'");
        plainValues("raw.order_item", "product_name = 'shirt'", "quantity = 1", "remaining_quantity = 1");
        plainValues("raw.order_item", "unit_price = 0", "line_discount = 0", "allocated_discount = 0", "line_net = 0");
        plainValues("raw.order_item", "item_status = 'PAID'", "raw_status = 'N10'", "line_kind = 'SALE'");
        plainValues("raw.order_item", "ever_paid = 't'");
        plainValues("raw.order_coupon", "item_id = ''", "coupon_code = 'c'", "coupon_name = 'spring'");
        plainValues("raw.product", "product_name = 'shirt'", "status = 'ON_SALE'");
        plainValues("raw.web_daily", "traffic_source = 'GA4'", "source_name = '(direct)'", "medium = '(none)'");
        plainValues("raw.web_daily", "users = 0", "purchases = 0", "revenue = 0", "is_approximate = 'f'");
        plainValues("raw.web_item_daily", "item_name = 'shirt'", "items_added_to_cart = 0", "items_purchased = 0");
        plainValues("raw.web_item_daily", "item_revenue = 0", "is_approximate = 'f'");
        plainValues("raw.web_transaction", "purchases = 1", "revenue = 0", "is_approximate = 'f'");
        plainValues("raw.customer", "tenant_id = 'hlog'", "channel_code = 'CAFE24'", "kind = 'MEMBER'");
        plainValues("raw.customer", "first_seen_at = '2026-01-16'");
        plainValues("raw.card_sale", "account_id = 'mysql-acquirer'", "store_id = 1", "amount_sale = 1000");
        plainValues("raw.card_sale", "is_canceled = 'f'", "sale_date = '2026-01-15'", "card_key = 'card'");
        for (String table : TABLES.subList(TABLES.size() - 4, TABLES.size())) {
            plainValues(table, "tenant_id = 'acme'", "account_id = 'mysql-acquirer'", "store_id = 1");
        }
        plainValues("mart.mart_store_daily_spend", "total_sale = 0", "payment_count = 0", "canceled_count = 0");
        plainValues("mart.mart_store_daily_spend", "canceled_amount = 0", "distinct_cards = 0");
        plainValues("mart.mart_store_daily_spend", "refund_count = 0", "refund_amount = 0");
        plainValues("mart.mart_store_weekly_spend", "sale_date = '2026-01-15'", "start_date = '2026-01-08'");
        plainValues("mart.mart_store_weekly_spend", "end_date = '2026-01-14'", "is_unknown = 'f'");
        plainValues("mart.mart_store_weekly_spend", "total_sale = 0", "payment_count = 1");
        plainValues("mart.mart_store_hour_profile", "sale_date = '2026-01-15'", "log_deviation = 0.2");
        plainValues("mart.mart_store_hour_profile", "payment_count = 100", "store_payment_count = 1000");
        plainValues("mart.mart_store_hour_profile", "store_log_deviation = 0.2");
        for (String table : TABLES.subList(2, TABLES.size() - 4)) {
            plainValues(table, "source_hash = ''", "observed_at = '2026-01-16'", "loaded_run_id = 'load'");
        }
    }

    private void plainValues(String table, String... values) {
        for (String value : values) {
            String[] pair = value.split(" = ", 2);
            database.execute("ALTER TABLE " + table + " ALTER COLUMN " + pair[0] + " SET DEFAULT " + pair[1]);
        }
    }

    void load(Path folder) throws IOException, SQLException {
        for (String table : TABLES) {
            Path csv = folder.resolve(table.substring(table.indexOf('.') + 1) + ".csv");
            if (Files.exists(csv)) {
                copy(table, Files.readString(csv));
            }
            if (table.equals("ops.account")) {
                database.execute(ACCOUNTS);
            }
        }
    }

    /** @param csv with a header; orders take shop and channel from their account */
    void copy(String table, String csv) throws IOException, SQLException {
        if (table.equals("raw.card_sale")) {
            database.execute("SELECT ops.make_card_sale_part(account_id) FROM ops.account");
        }
        try (Connection connection = database.connect();
                StringReader rows = new StringReader(csv)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table + " (" + csv.lines().findFirst().orElseThrow()
                                    + ") FROM STDIN (FORMAT csv, HEADER)",
                            rows);
        }
        if (table.equals("raw.card_sale")) {
            database.execute("UPDATE raw.card_sale SET sale_date = (sold_at AT TIME ZONE 'Asia/Seoul')::DATE");
        }
        if (table.equals("raw.sales_order")) {
            database.execute("""
                    UPDATE raw.sales_order AS sale
                    SET tenant_id = account.tenant_id, channel_code = account.channel_code
                    FROM ops.account AS account
                    WHERE sale.account_id = account.account_id""");
        }
    }

    /** Writes what a load leaves in the books: its ledger rows, for the day it was for, and the days it touched. */
    void touch(String run, LocalDate... days) {
        LocalDate loadDay = LocalDate.parse("2026-02-01");
        for (String dataset : List.of("orders", "web-traffic", "card-sales")) {
            String of = "'" + run + "-" + dataset + "', 'part-00000.csv', '" + dataset + "', 'cafe24-hlog', '" + loadDay
                    + "', 1";
            database.execute("INSERT INTO ops.checked_file (run_id, file, dataset, slice, business_date, token,"
                    + " landing_run_id, landing_file, landing_sha256, lines, clean, rejected, rejected_by_reason, sha256)"
                    + " VALUES (" + of + ", 'landing', 'part-00000.jsonl', 'none', 0, 0, 0, '{}', 'none')");
            database.execute("INSERT INTO ops.load_log (run_id, file, dataset, slice, business_date, token, lines_read,"
                    + " clean, rejected, rejected_by_reason, sent, copied, inserted, updated, unchanged, superseded,"
                    + " sha256, checked_by) VALUES (" + of + ", 0, 0, 0, '{}', 0, 0, 0, 0, 0, 0, 'none', '" + run + "-"
                    + dataset + "')");
            for (LocalDate day : days) {
                database.execute("INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date) VALUES ('"
                        + dataset + "', '" + day + "', '" + run + "-" + dataset + "', '" + loadDay + "')");
            }
        }
    }
}
