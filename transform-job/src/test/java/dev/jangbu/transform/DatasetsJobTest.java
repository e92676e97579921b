package dev.jangbu.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.transform.records.Samples;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Every dataset of an account through the whole job, up to tables like those they are loaded into. */
@ExtendWith(PostgresExtension.class)
class DatasetsJobTest {
    /** Columns of the raw tables that are worked out when they are loaded. */
    private static final Map<String, Set<String>> LATER = Map.of(
            "sales_order",
            Set.of(
                    "tenant_id",
                    "channel_code",
                    "item_gross",
                    "item_discount",
                    "item_count",
                    "status",
                    "has_open_claim",
                    "first_seen_at",
                    "last_seen_at"),
            "order_item",
            Set.of("allocated_discount", "line_net"),
            "product",
            Set.of("removed_at"),
            "card_sale",
            Set.of("vanished_at"));

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "orders, cafe24, cafe24-order.json, sales_order order_item order_coupon",
        "orders, smartstore, smartstore-order.json, sales_order order_item",
        "orders, ably, ably-order.json, sales_order order_item",
        "orders, online-retail, online-retail-order.json, sales_order order_item",
        "refunds, cafe24, cafe24-refund.json, refund",
        "products, cafe24, cafe24-product.json, product",
        "products, cafe24, cafe24-category.json, category",
        "products, smartstore, smartstore-product.json, product category",
        "coupons, cafe24, cafe24-coupon.json, coupon",
        "web-traffic, ga4, ga4-row.json, web_daily",
        "web-traffic, ua, ga4-row.json, web_daily",
        "card-sales, mysql, card-sale.json, card_sale",
        "card-sales, purchase-cards, card-sale-of-file.json, card_sale"
    })
    void cleanFilesHaveTheColumnsOfTheirTablesAndCanBeCopied(
            String dataset, String profile, String sample, String tables, TestDatabase database) throws Exception {
        RecordsFixture fixture = new RecordsFixture(database, root, dataset, "a-1", profile);
        fixture.land(Samples.of(sample));
        JobFixture.Ended ended = fixture.run();
        assertThat(ended.code()).as(ended.output()).isEqualTo(ExitCode.DONE);
        assertThat(fixture.refused("flagged")).isEmpty();
        for (String table : tables.split(" ", -1)) {
            List<String> columns =
                    List.of(fixture.csv(table).lines().findFirst().orElseThrow().split(",", -1));
            assertThat(columns).containsExactlyInAnyOrderElementsOf(columns(database, table));
            assertThat(copied(database, table, columns, fixture.csv(table)))
                    .isEqualTo(fixture.rows(table).size())
                    .isPositive();
        }
    }

    private static List<String> columns(TestDatabase database, String table) {
        List<String> columns = new ArrayList<>(database.rows(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'raw' AND table_name = '"
                        + table + "' AND is_generated = 'NEVER' ORDER BY ordinal_position"));
        columns.removeAll(LATER.getOrDefault(table, Set.of()));
        columns.remove("loaded_run_id");
        return columns;
    }

    private static long copied(TestDatabase database, String table, List<String> columns, String csv) throws Exception {
        String all = String.join(", ", columns);
        database.execute(
                "CREATE TABLE raw.copied_" + table + " AS SELECT " + all + " FROM raw." + table + " WHERE FALSE");
        try (Connection connection = database.connect()) {
            return new CopyManager(connection.unwrap(BaseConnection.class))
                    .copyIn("COPY raw.copied_" + table + " FROM STDIN (FORMAT csv, HEADER)", new StringReader(csv));
        }
    }
}
