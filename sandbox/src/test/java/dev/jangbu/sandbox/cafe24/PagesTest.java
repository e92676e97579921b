package dev.jangbu.sandbox.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is read page by page is what the truth says. */
class PagesTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void aDayOf1001OrdersHasTwoPages() {
        Running.reset("paging");
        Running.setClock("2026-03-03T09:00:00+09:00");
        Operator operator = Operator.letIn();
        String day = "start_date=2026-03-02&end_date=2026-03-02";

        List<JsonNode> orders = all(operator, "/admin/orders?" + day + "&embed=items&limit=1000", "orders");

        assertThat(operator.get("/admin/orders/count?" + day).body()).isEqualTo("{\"count\":1001}");
        assertThat(orders).hasSize(1001);
        assertThat(ids(orders, "order_id")).hasSize(1001);
        assertThat(all(operator, "/admin/orders?start_date=2026-03-01&end_date=2026-03-01&limit=1000", "orders"))
                .hasSize(1000);
        assertSumsAreTrue(orders, "2026-03-02", "2026-03-02");
    }

    /** Orders and coupons are of one shop; products and categories of all, with names and prices of each. */
    @Test
    void aMallOfTwoShopsTellsEachByItself() {
        Running.post(
                "/__sandbox/accounts", "{\"shop\":\"twin\",\"cafe24_shops\":2,\"channels\":[\"cafe24\",\"naver\"]}");
        Operator operator = Operator.of("twin");
        String days = "start_date=2026-02-01&end_date=2026-03-02";
        Map<Integer, Set<String>> orders = new TreeMap<>();
        List<JsonNode> products = new ArrayList<>();
        List<String> coupons = new ArrayList<>();
        for (int shop = 1; shop <= 2; shop++) {
            String of = "shop_no=" + shop + "&limit=100";
            List<JsonNode> all = all(operator, "/admin/orders?" + days + "&embed=items&" + of, "orders");
            assertThat(all).extracting(order -> order.get("shop_no").asInt()).containsOnly(shop);
            orders.put(shop, ids(all, "order_id"));
            products.addAll(all(operator, "/admin/products?product_no=21&" + of, "products"));
            coupons.addAll(ids(all(operator, "/admin/coupons?deleted=T,F&" + of, "coupons"), "coupon_no"));
        }

        Map<Integer, Set<String>> truth = new TreeMap<>();
        Running.get("/__sandbox/truth/orders?from=2026-02-01&to=2026-03-02&basis=ordered&channel=cafe24&shop=twin")
                .json()
                .get("rows")
                .forEach(row -> truth.computeIfAbsent(row.get("shop_no").asInt(), shop -> new HashSet<>())
                        .add(row.get("order_id").asString()));
        assertThat(orders).isEqualTo(truth).hasSize(2);
        assertThat(products)
                .extracting(product -> won(product, "price"))
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(coupons).doesNotHaveDuplicates().hasSizeGreaterThan(4);
        String one = orders.getOrDefault(1, Set.of()).iterator().next();
        assertThat(operator.get("/admin/orders/" + one + "?shop_no=2").status()).isEqualTo(404);
        assertThat(operator.get("/admin/orders/coupons?shop_no=3&order_id=" + one)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void sumsOfAMonthAreTrue() {
        Operator operator = Operator.letIn();

        List<JsonNode> orders =
                all(operator, "/admin/orders?start_date=2026-02-01&end_date=2026-03-02&embed=items&limit=37", "orders");

        assertSumsAreTrue(orders, "2026-02-01", "2026-03-02");
    }

    @Test
    void controlSumOfEachOrderHolds() {
        for (JsonNode order : all(
                Operator.letIn(),
                "/admin/orders?start_date=2026-01-01&end_date=2026-03-02&embed=items&limit=1000",
                "orders")) {
            JsonNode initial = order.get("initial_order_amount");
            long gross = 0;
            long itemCoupons = 0;
            for (JsonNode item : order.get("items")) {
                gross += (won(item, "product_price") + won(item, "option_price"))
                        * item.get("quantity").asLong();
                itemCoupons += won(item, "coupon_discount_price");
            }
            assertThat(gross).isEqualTo(won(initial, "order_price_amount"));
            assertThat(itemCoupons).isLessThanOrEqualTo(won(initial, "coupon_discount_price"));
            assertThat(gross
                            + won(initial, "shipping_fee")
                            - won(initial, "coupon_discount_price")
                            - won(initial, "additional_discount_price")
                            - won(initial, "points_spent_amount"))
                    .isEqualTo(won(order, "payment_amount"));
        }
    }

    @Test
    void edgeRowsAreThereOnTheFirst() {
        List<JsonNode> orders = all(
                Operator.letIn(),
                "/admin/orders?start_date=2026-03-01&end_date=2026-03-01&embed=items&limit=1000",
                "orders");

        assertThat(orders).anyMatch(order -> order.get("order_date").asString().equals("2026-03-01T00:00:00+09:00"));
        assertThat(orders).anyMatch(order -> order.get("order_date").asString().equals("2026-03-01T23:59:59+09:00"));
        assertThat(orders).anyMatch(order -> order.get("items").size() == 100);
        assertThat(orders)
                .anyMatch(order -> order.get("payment_amount").asString().equals("0.00"));
        assertThat(orders).anyMatch(order -> order.get("payment_amount").isNumber());
        assertThat(orders).anyMatch(order -> order.get("member_id").isNull());
        assertThat(orders)
                .anyMatch(order -> order.at("/items/0/order_status").asString().equals("N99"));
        assertThat(orders)
                .anyMatch(order -> order.at("/items/0/product_name").asString().contains("\n"));
        assertThat(orders)
                .filteredOn(order -> order.get("order_place_id").asString().equals("shopn"))
                .isNotEmpty()
                .allMatch(order -> order.get("market_order_no").asString().startsWith("20260301"));
    }

    @Test
    void dateTypesFindWhatChanged() {
        Operator operator = Operator.letIn();
        String days = "start_date=2026-02-20&end_date=2026-03-02&embed=items&limit=1000";

        List<JsonNode> returned = all(operator, "/admin/orders?date_type=return_complete_date&" + days, "orders");
        List<JsonNode> shipped = all(operator, "/admin/orders?date_type=shipbegin_date&" + days, "orders");

        assertThat(returned).isNotEmpty().allMatch(order -> hasItem(order, "R40"));
        assertThat(shipped).hasSizeGreaterThan(returned.size()).allMatch(order -> order.get("items")
                .valueStream()
                .anyMatch(item -> item.get("shipped_date").asString().compareTo("2026-02-20") >= 0));
    }

    @Test
    void ordersGoOnWithTheClock() {
        Operator operator = Operator.letIn();
        String path = "/admin/orders?start_date=2026-03-01&end_date=2026-03-01&embed=items&limit=1000&order_status=N50";
        assertThat(all(operator, path, "orders")).isEmpty();

        Running.advance(Duration.ofDays(14));
        assertThat(all(Operator.letIn(), path, "orders")).isNotEmpty();
    }

    @Test
    void productsAreScannedByNumber() {
        Running.reset("paging");
        Operator operator = Operator.letIn();
        Set<Integer> numbers = new LinkedHashSet<>();
        int since = 0;
        for (int page = 0; page < 60; page++) {
            JsonNode products = operator.get("/admin/products?limit=100&fields=product_no&since_product_no=" + since)
                    .json()
                    .get("products");
            for (JsonNode product : products) {
                numbers.add(product.get("product_no").asInt());
                since = Math.max(since, product.get("product_no").asInt());
            }
            Running.advance(Duration.ofSeconds(1));
        }

        assertThat(numbers).hasSize(5_350);
        assertThat(operator.get("/admin/products/count").body()).isEqualTo("{\"count\":5350}");
    }

    @Test
    void aProductGoesBetweenTwoScans() {
        String before = Operator.letIn().get("/admin/products/count").body();
        Running.advance(Duration.ofHours(4));

        assertThat(Operator.letIn().get("/admin/products/count").body()).isNotEqualTo(before);
    }

    @Test
    void fieldsNarrowAndEmbedsStay() {
        JsonNode order = Operator.letIn()
                .get("/admin/orders?start_date=2026-03-01&end_date=2026-03-01&fields=order_id,paid&embed=items&limit=1")
                .json()
                .at("/orders/0");

        assertThat(order.propertyNames()).containsExactly("order_id", "paid", "items");
    }

    @Test
    void nextLinkHasTheSandboxsAddress() {
        Reply reply = Operator.letIn().get("/admin/orders?start_date=2026-03-01&end_date=2026-03-01&limit=2&offset=2");

        assertThat(reply.json().get("links").toString())
                .isEqualTo(
                        "[{\"rel\":\"prev\",\"href\":\"" + Running.url()
                                + "/cafe24/hlogdemo/api/v2/admin/orders?start_date=2026-03-01&end_date=2026-03-01&limit=2&offset=0\"},"
                                + "{\"rel\":\"next\",\"href\":\"" + Running.url()
                                + "/cafe24/hlogdemo/api/v2/admin/orders?start_date=2026-03-01&end_date=2026-03-01&limit=2&offset=4\"}]");
    }

    @Test
    void oneOrderItsItemsHistoryAndCoupons() {
        Operator operator = Operator.letIn();
        JsonNode order = all(
                        operator,
                        "/admin/orders?start_date=2026-02-01&end_date=2026-02-20&embed=items&limit=1000",
                        "orders")
                .stream()
                .filter(one -> won(one.get("initial_order_amount"), "coupon_discount_price") > 0)
                .findFirst()
                .orElseThrow();
        String id = order.get("order_id").asString();
        String item = order.at("/items/0/order_item_code").asString();

        assertThat(operator.get("/admin/orders/" + id + "?embed=items").json().get("order"))
                .isEqualTo(order);
        assertThat(operator.get("/admin/orders/" + id + "/items").json().get("items"))
                .isEqualTo(order.get("items"));
        JsonNode history = operator.get("/admin/orders/" + id + "/items/" + item + "/history")
                .json()
                .get("itemhistory");
        assertThat(history.get(history.size() - 1).get("current_order_status"))
                .isEqualTo(order.at("/items/0/order_status"));
        JsonNode coupons =
                operator.get("/admin/orders/coupons?order_id=" + id).json().get("coupons");
        assertThat(coupons.valueStream()
                        .mapToLong(coupon -> won(coupon, "coupon_value_final"))
                        .sum())
                .isEqualTo(won(order.get("initial_order_amount"), "coupon_discount_price"));
    }

    @Test
    void refundsAreThoseOfReturnedAndCancelledItems() {
        Operator operator = Operator.letIn();

        List<JsonNode> refunds =
                all(operator, "/admin/refunds?start_date=2026-02-01&end_date=2026-03-02&limit=500", "refunds");

        assertThat(refunds)
                .isNotEmpty()
                .allMatch(refund -> refund.get("status").asString().equals("T"));
        assertThat(ids(refunds, "refund_code")).hasSize(refunds.size());
    }

    @Test
    void couponsAndCategories() {
        Operator operator = Operator.letIn();

        int kept = operator.get("/admin/coupons/count").json().get("count").asInt();
        int all = operator.get("/admin/coupons/count?deleted=T,F")
                .json()
                .get("count")
                .asInt();
        assertThat(all).isGreaterThanOrEqualTo(kept);
        assertThat(all(operator, "/admin/coupons?deleted=T,F&limit=3", "coupons"))
                .hasSize(all);
        assertThat(all(operator, "/admin/categories?limit=7", "categories")).hasSize(40);
        assertThat(operator.get("/admin/categories/count?category_depth=1").body())
                .isEqualTo("{\"count\":4}");
        int products = 0;
        for (JsonNode category : all(operator, "/admin/categories?category_depth=1&limit=10", "categories")) {
            products += operator.get(
                            "/admin/categories/" + category.get("category_no").asInt() + "/products?display_group=1")
                    .json()
                    .get("products")
                    .size();
        }
        assertThat(products)
                .isEqualTo(operator.get("/admin/products/count")
                        .json()
                        .get("count")
                        .asInt());
    }

    private static List<JsonNode> all(Operator operator, String path, String name) {
        List<JsonNode> all = new ArrayList<>();
        String next = path;
        while (next != null) {
            Reply reply = operator.get(next);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            reply.json().get(name).forEach(all::add);
            next = reply.json()
                    .get("links")
                    .valueStream()
                    .filter(link -> link.get("rel").asString().equals("next"))
                    .map(link -> link.get("href").asString())
                    .findFirst()
                    .orElse(null);
            Running.advance(Duration.ofMillis(500));
        }
        return all;
    }

    private static void assertSumsAreTrue(List<JsonNode> orders, String from, String to) {
        long lines = 0;
        long units = 0;
        long gross = 0;
        for (JsonNode order : orders) {
            for (JsonNode item : order.get("items")) {
                lines++;
                units += item.get("quantity").asLong();
                gross += (won(item, "product_price") + won(item, "option_price"))
                        * item.get("quantity").asLong();
            }
        }
        JsonNode sums = Running.truth("orders?basis=ordered&channel=cafe24&rows=false&from=" + from + "&to=" + to)
                .get("sums");
        assertThat(lines).isEqualTo(sum(sums, "lines"));
        assertThat(units).isEqualTo(sum(sums, "units"));
        assertThat(gross).isEqualTo(sum(sums, "gross"));
    }

    private static long sum(JsonNode sums, String name) {
        return sums.valueStream().mapToLong(row -> row.get(name).asLong()).sum();
    }

    private static boolean hasItem(JsonNode order, String status) {
        return order.get("items")
                .valueStream()
                .anyMatch(item -> item.get("order_status").asString().equals(status));
    }

    private static Set<String> ids(List<JsonNode> rows, String name) {
        Set<String> ids = new LinkedHashSet<>();
        rows.forEach(row -> ids.add(row.get(name).asString()));
        return ids;
    }

    private static long won(JsonNode node, String name) {
        return node.get(name).isNumber()
                ? node.get(name).asLong()
                : Long.parseLong(node.get(name).asString().replace(".00", ""));
    }
}
