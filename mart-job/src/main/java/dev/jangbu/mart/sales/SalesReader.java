package dev.jangbu.mart.sales;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the marts of sales, of one shop or of all. */
final class SalesReader {
    static final int MOST_PRODUCTS = 10;

    /** Orders older than this are seldom on their way. */
    static final int DAYS_OF_STATUS = 30;

    private final Handle handle;
    private final @Nullable String tenant;

    /** @param tenant null for all shops */
    SalesReader(Handle handle, @Nullable String tenant) {
        this.handle = handle;
        this.tenant = tenant;
    }

    /** A shop's name and currency. */
    private record Key(String tenant, String currency) {}

    /** The last day with sales, not after the given one. */
    Optional<LocalDate> latest(LocalDate notAfter) {
        return query("""
                        SELECT MAX(sales_date) FROM mart.mart_sales_daily
                        WHERE sales_date <= :to AND tenant_id = COALESCE(:tenant, tenant_id)""").bind("to", notAfter).mapTo(LocalDate.class).findOne();
    }

    /** Each shop and currency with sales since the year before the given day's, in order of name. */
    List<ShopSales> read(LocalDate day) {
        Map<Key, Map<Channel, NavigableMap<LocalDate, Sales>>> days = days(day);
        Map<Key, List<ProductSales>> products = products(day);
        Map<Key, List<StatusCount>> statuses = statuses(day);
        List<ShopSales> shops = new ArrayList<>();
        days.forEach((key, channels) -> shops.add(new ShopSales(
                key.tenant(),
                key.currency(),
                channels,
                products.getOrDefault(key, List.of()),
                statuses.getOrDefault(key, List.of()))));
        return shops;
    }

    /** Of each shop's accounts. */
    Map<String, List<Freshness>> freshness() {
        Map<String, List<Freshness>> shops = new LinkedHashMap<>();
        query("""
                        SELECT
                            fresh.tenant_id, fresh.account_id, fresh.channel_code, channel.name_ko, fresh.dataset,
                            fresh.loaded_until, fresh.needs_attention_reason, fresh.waiting_day_count
                        FROM mart.v_sales_freshness AS fresh
                        INNER JOIN ops.channel AS channel ON fresh.channel_code = channel.channel_code
                        WHERE fresh.tenant_id = COALESCE(:tenant, fresh.tenant_id) AND fresh.account_status <> 'REMOVED'
                        ORDER BY fresh.tenant_id, channel.sells DESC, fresh.account_id, fresh.dataset""")
                .map((row, context) -> add(
                        shops,
                        row.getString("tenant_id"),
                        new Freshness(
                                row.getString("account_id"),
                                channel(row),
                                row.getString("dataset"),
                                instant(row),
                                row.getString("needs_attention_reason"),
                                row.getLong("waiting_day_count"))))
                .list();
        return shops;
    }

    private Map<Key, Map<Channel, NavigableMap<LocalDate, Sales>>> days(LocalDate day) {
        Map<Key, Map<Channel, NavigableMap<LocalDate, Sales>>> shops = new LinkedHashMap<>();
        query("""
                        SELECT
                            sales.tenant_id, sales.currency, sales.channel_code, channel.name_ko, sales.sales_date,
                            SUM(sales.gross_amount) AS gross, SUM(sales.net_restated_amount) AS restated,
                            SUM(sales.claim_amount) AS claims, SUM(sales.at_risk_amount) AS at_risk,
                            SUM(sales.shipping_amount) AS shipping, SUM(sales.order_count) AS orders,
                            SUM(sales.unit_count) AS units, SUM(sales.cancel_count) AS cancels,
                            SUM(sales.return_count) AS returns
                        FROM mart.mart_sales_daily AS sales
                        INNER JOIN ops.channel AS channel ON sales.channel_code = channel.channel_code
                        WHERE
                            sales.sales_date BETWEEN :from AND :to
                            AND sales.tenant_id = COALESCE(:tenant, sales.tenant_id)
                        GROUP BY
                            sales.tenant_id, sales.currency, sales.channel_code, channel.name_ko, sales.sales_date
                        ORDER BY sales.tenant_id, sales.currency, sales.channel_code, sales.sales_date""")
                .bind("from", day.minusYears(1).withDayOfYear(1))
                .bind("to", day)
                .map((row, context) -> shops.computeIfAbsent(key(row), key -> new LinkedHashMap<>())
                        .computeIfAbsent(channel(row), channel -> new TreeMap<>())
                        .put(row.getObject("sales_date", LocalDate.class), sales(row)))
                .forEach(replaced -> {});
        return shops;
    }

    private Map<Key, List<ProductSales>> products(LocalDate day) {
        Map<Key, List<ProductSales>> shops = new LinkedHashMap<>();
        query("""
                        WITH sold AS (
                            SELECT
                                tenant_id, currency, channel_code, account_id, product_id, MAX(product_name) AS name,
                                SUM(unit_count) AS units, SUM(gross_amount) AS gross,
                                SUM(net_restated_amount) AS restated, SUM(cancel_count) AS cancels,
                                SUM(return_count) AS returns
                            FROM mart.mart_product_sales_daily
                            WHERE sales_date BETWEEN :from AND :to AND tenant_id = COALESCE(:tenant, tenant_id)
                            GROUP BY
                                tenant_id, currency, channel_code, account_id, product_id,
                                CASE WHEN product_id = '(unknown)' THEN product_name END
                        ),

                        ranked AS (
                            SELECT
                                tenant_id, currency, channel_code, name, units, gross, restated, cancels, returns,
                                ROW_NUMBER() OVER (
                                PARTITION BY tenant_id, currency ORDER BY gross DESC, name, account_id, product_id
                            ) AS nth
                            FROM sold
                            WHERE gross > 0
                        )

                        SELECT
                            ranked.tenant_id, ranked.currency, ranked.channel_code, channel.name_ko, ranked.name,
                            ranked.units, ranked.gross, ranked.restated, ranked.cancels, ranked.returns
                        FROM ranked
                        INNER JOIN ops.channel AS channel ON ranked.channel_code = channel.channel_code
                        WHERE ranked.nth <= :most
                        ORDER BY ranked.tenant_id, ranked.currency, ranked.nth""")
                .bind("from", day.withDayOfMonth(1))
                .bind("to", day)
                .bind("most", MOST_PRODUCTS)
                .map((row, context) -> add(
                        shops,
                        key(row),
                        new ProductSales(
                                row.getString("name"),
                                channel(row),
                                row.getLong("units"),
                                row.getBigDecimal("gross"),
                                row.getBigDecimal("restated"),
                                row.getLong("cancels"),
                                row.getLong("returns"))))
                .list();
        return shops;
    }

    private Map<Key, List<StatusCount>> statuses(LocalDate day) {
        Map<Key, List<StatusCount>> shops = new LinkedHashMap<>();
        query("""
                        SELECT
                            orders.tenant_id, orders.currency, orders.status, SUM(orders.order_count) AS orders,
                            SUM(orders.open_claim_count) AS open_claims
                        FROM mart.mart_order_status AS orders
                        LEFT JOIN ops.item_status AS status ON orders.status = status.item_status
                        WHERE
                            orders.order_date BETWEEN :from AND :to
                            AND orders.tenant_id = COALESCE(:tenant, orders.tenant_id)
                        GROUP BY orders.tenant_id, orders.currency, orders.status, status.order_rank
                        ORDER BY orders.tenant_id, orders.currency, status.order_rank, orders.status""")
                .bind("from", day.minusDays(DAYS_OF_STATUS - 1L))
                .bind("to", day)
                .map((row, context) -> add(
                        shops,
                        key(row),
                        new StatusCount(row.getString("status"), row.getLong("orders"), row.getLong("open_claims"))))
                .list();
        return shops;
    }

    private Query query(String sql) {
        return handle.createQuery(sql).bind("tenant", tenant);
    }

    private static <K, V> boolean add(Map<K, List<V>> lists, K key, V value) {
        return lists.computeIfAbsent(key, absent -> new ArrayList<>()).add(value);
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getString("tenant_id"), row.getString("currency"));
    }

    private static Channel channel(ResultSet row) throws SQLException {
        return new Channel(row.getString("channel_code"), row.getString("name_ko"));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("loaded_until", OffsetDateTime.class).toInstant();
    }

    private static Sales sales(ResultSet row) throws SQLException {
        return new Sales(
                amount(row, "gross"),
                amount(row, "restated"),
                amount(row, "claims"),
                amount(row, "at_risk"),
                amount(row, "shipping"),
                row.getLong("orders"),
                row.getLong("units"),
                row.getLong("cancels"),
                row.getLong("returns"));
    }

    private static BigDecimal amount(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column);
    }
}
