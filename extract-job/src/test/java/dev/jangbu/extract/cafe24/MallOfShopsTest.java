package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.window.LoadedRows;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A mall of two shops in the sandbox. */
@ExtendWith(PostgresExtension.class)
class MallOfShopsTest {
    private static final String TWIN = "twin";
    private static final int PRODUCTS = 12;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void ordersOfEachShopAreThereOnceAndSumAsInTheTruth(TestDatabase database) throws Exception {
        DemoMall mall = twin(database, List.of(1, 2));

        assertThat(mall.run("orders", "2026-02-10")).isEqualTo(ExitCode.DONE);

        List<JsonNode> orders = mall.landed("orders");
        assertThat(orders).extracting(order -> text(order, "order_id")).doesNotHaveDuplicates();
        Map<String, BigDecimal> landed = new TreeMap<>();
        orders.forEach(order ->
                order.get("items").forEach(item -> landed.merge(text(order, "shop_no"), gross(item), BigDecimal::add)));
        assertThat(landed).isEqualTo(grossOfTruth()).containsOnlyKeys("1", "2");
        assertThat(orders)
                .filteredOn(order -> !order.get("coupons").isEmpty())
                .extracting(order -> text(order, "shop_no"))
                .contains("1", "2");
        assertThat(mall.count("count_received"))
                .isEqualTo(mall.count("count_expected"))
                .isEqualTo(orders.size());
    }

    @Test
    void productsAreOfEachShopAndTheRestIsOfOne(TestDatabase database) throws Exception {
        DemoMall mall = twin(database, List.of(1, 2));

        assertThat(mall.run("products")).isEqualTo(ExitCode.DONE);
        assertThat(mall.run("coupons")).isEqualTo(ExitCode.DONE);
        assertThat(mall.run("refunds", "2026-02-01")).isEqualTo(ExitCode.DONE);

        List<JsonNode> products = products(mall);
        assertThat(products)
                .extracting(product -> text(product, "shop_no") + ":" + text(product, "product_no"))
                .doesNotHaveDuplicates()
                .hasSize(2 * PRODUCTS);
        assertThat(products)
                .filteredOn(product -> text(product, "product_no").equals("21"))
                .extracting(product -> product.get("price").decimalValue())
                .doesNotHaveDuplicates();
        assertThat(mall.counts("products")).containsEntry("complete", 1L);
        assertThat(mall.landed("coupons"))
                .extracting(coupon -> text(coupon, "coupon_no"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(4);
        // Both dates of a refund are read.
        assertThat(mall.landed("refunds").stream()
                        .map(refund -> text(refund, "refund_code"))
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void anOpenOrderIsFoundInItsShop(TestDatabase database) throws Exception {
        DemoMall mall = twin(database, List.of(1, 2));
        LoadedRows rows = new LoadedRows(database, "cafe24-twin");
        List<String> quiet = List.of(aConfirmedOrderOf(1), aConfirmedOrderOf(2));
        Stream.concat(quiet.stream(), Stream.of("20260203-9999999"))
                .forEach(id -> rows.order(id, "2026-02-03T03:00:00Z", "DELIVERED", null));
        database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id)"
                + " VALUES ('orders', 'cafe24-twin', '2026-03-01T23:00:00Z', 'r')");

        assertThat(mall.run("orders")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .extracting(order -> text(order, "order_id"))
                .containsAll(quiet)
                .doesNotHaveDuplicates();
        assertThat(mall.counts("orders")).containsEntry("open_gone", 1L);
    }

    @Test
    void aShopThatTheMallHasNotIsTold(TestDatabase database) throws Exception {
        DemoMall mall = twin(database, List.of(1, 3));

        assertThat(mall.run("coupons")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine()).contains("BAD_REQUEST: ", "shop_no: 3 does not exist.");
    }

    /** What analysts tell shops by. */
    @Test
    void anOrderKnowsItsShop(TestDatabase database) throws Exception {
        twin(database, List.of(1, 2));
        new LoadedRows(database, "cafe24-twin").order("20260203-0000001", "2026-02-03T03:00:00Z", "PAID", null);
        assertThat(database.value("SELECT shop_no FROM raw.sales_order")).isEqualTo("1");

        database.execute("UPDATE raw.sales_order SET sub_channel = 'shop2.mobile'");

        assertThat(database.value("SELECT shop_no FROM raw.sales_order")).isEqualTo("2");
    }

    private DemoMall twin(TestDatabase database, List<Integer> shops) throws Exception {
        TestTime time = TestSandbox.reset("default");
        TestSandbox.post(
                "/accounts",
                Map.of(
                        "shop",
                        TWIN,
                        "orders_per_day",
                        3,
                        "products",
                        PRODUCTS,
                        "cafe24_shops",
                        2,
                        "channels",
                        List.of("cafe24")));
        return DemoMall.open(database, folder, time, TWIN, shops);
    }

    private static List<JsonNode> products(DemoMall mall) {
        return mall.landed("products").stream()
                .filter(record -> record.has("product"))
                .map(record -> record.get("product"))
                .toList();
    }

    private static BigDecimal gross(JsonNode item) {
        return item.get("product_price")
                .decimalValue()
                .add(item.get("option_price").decimalValue())
                .multiply(item.get("quantity").decimalValue())
                .stripTrailingZeros();
    }

    private static Map<String, BigDecimal> grossOfTruth() {
        Map<String, BigDecimal> truth = new TreeMap<>();
        truth("2026-02-10")
                .forEach(row -> truth.merge(
                        text(row, "shop_no"),
                        row.get("line_gross").decimalValue().stripTrailingZeros(),
                        BigDecimal::add));
        return truth;
    }

    private static String aConfirmedOrderOf(int shop) {
        return truth("2026-02-01")
                .filter(row -> row.get("shop_no").asInt() == shop
                        && text(row, "status").equals("CONFIRMED")
                        && text(row, "ordered_at").compareTo("2026-02-10") < 0)
                .findFirst()
                .map(row -> text(row, "order_id"))
                .orElseThrow();
    }

    private static Stream<JsonNode> truth(String from) {
        return TestSandbox.get(
                        "/truth/orders?to=2026-03-02&basis=ordered&channel=cafe24&shop=" + TWIN + "&from=" + from)
                .get("rows")
                .valueStream();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }
}
