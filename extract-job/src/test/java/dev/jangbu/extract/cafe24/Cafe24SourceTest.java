package dev.jangbu.extract.cafe24;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.http.Transport;
import dev.jangbu.extract.window.LoadedRows;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Against the sandbox, over HTTP. */
@ExtendWith(PostgresExtension.class)
class Cafe24SourceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aDayOfAThousandAndOneOrdersIsWhole(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("paging", "2026-02-03T00:30:00+09:00"));

        assertThat(mall.run("orders", "2026-02-02")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .filteredOn(order -> text(order, "order_date").startsWith("2026-02-02"))
                .extracting(order -> text(order, "order_id"))
                .doesNotHaveDuplicates()
                .hasSize(1_001);
        assertThat(mall.count("count_received"))
                .isEqualTo(mall.count("count_expected"))
                .isEqualTo(mall.landed("orders").size());
    }

    @Test
    void ordersHaveAllTheirItemsAsInTheTruth(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));

        assertThat(mall.run("orders", "2026-02-01")).isEqualTo(ExitCode.DONE);

        Map<String, Integer> landed = new TreeMap<>();
        mall.landed("orders").forEach(order -> order.get("items")
                .forEach(item -> landed.put(
                        text(item, "order_item_code"), item.get("quantity").asInt())));
        Map<String, Integer> truth = new TreeMap<>();
        TestSandbox.get("/truth/orders?from=2026-02-01&to=2026-03-02&basis=ordered&channel=cafe24&shop=hlogdemo")
                .get("rows")
                .forEach(row ->
                        truth.put(text(row, "item_id"), row.get("quantity").asInt()));
        assertThat(landed).isEqualTo(truth).hasSizeGreaterThan(300);
        assertThat(mall.landed("orders"))
                .anyMatch(order -> order.get("items").size() == 100)
                .anyMatch(order -> !order.get("coupons").isEmpty());
    }

    /** They are asked for only where an amount shows one. */
    @Test
    void noCouponOfAnOrderIsMissed(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        mall.run("orders", "2026-02-20");
        List<JsonNode> orders = mall.landed("orders");
        Map<String, Object> asked = Map.of(
                "order_id",
                orders.stream().map(order -> text(order, "order_id")).limit(100).collect(Collectors.joining(",")));

        List<OrderCoupon> all = new ArrayList<>();
        try (Transport transport = Transport.open()) {
            new ListReader(mall.api(database, folder, transport))
                    .readPages(Listing.ORDER_COUPONS, asked, (rows, observedAt) -> all.addAll(rows));
        }

        assertThat(orders.stream().limit(100).flatMap(order -> order.get("coupons")
                        .valueStream()))
                .hasSameSizeAs(all)
                .isNotEmpty();
    }

    @Test
    void nobodyIsNamedInTheLanding(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        mall.run("orders", "2026-02-01");
        mall.run("refunds", "2026-02-01");

        assertThat(mall.landed("orders").toString() + mall.landed("refunds"))
                .doesNotContain("member_id", "email", "billing_name", "010-0000", "example.invalid", "가상은행", "holder");
        assertThat(mall.landed("orders"))
                .filteredOn(order -> order.has("customer_key"))
                .allMatch(order -> text(order, "customer_key").matches("[0-9a-f]{64}"))
                .isNotEmpty();
        assertThat(mall.landed("refunds")).isNotEmpty().allMatch(refund -> refund.has("actual_refund_amount"));
    }

    @Test
    void moreProductsThanAnOffsetReachesAreAllThere(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("paging"));

        assertThat(mall.run("products")).isEqualTo(ExitCode.DONE);

        List<JsonNode> products = mall.landed("products").stream()
                .filter(record -> record.has("product"))
                .map(record -> record.get("product"))
                .toList();
        assertThat(products)
                .hasSize(5_350)
                .extracting(product -> text(product, "product_no"))
                .doesNotHaveDuplicates();
        Set<String> deepest = mall.landed("products").stream()
                .filter(record -> record.has("category"))
                .map(record -> record.get("category"))
                .filter(category -> category.get("category_depth").asInt() == 3)
                .map(category -> text(category, "category_no"))
                .collect(Collectors.toSet());
        assertThat(products).allMatch(product -> deepest.contains(text(product, "category_no")));
        assertThat(mall.counts("products")).containsEntry("complete", 1L);
    }

    @Test
    void afterwardsOnlyProductsThatChangedAreRead(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        watermark(database, "products", "2026-03-01T00:00:00Z");

        assertThat(mall.run("products")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("products"))
                .filteredOn(record -> record.has("product"))
                .allMatch(record -> text(record.get("product"), "updated_date").compareTo("2026-02-26") >= 0);
        assertThat(mall.counts("products")).containsEntry("complete", 0L);
    }

    @Test
    void onSundaysProductsAreScannedWhole(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default", "2026-03-01T09:00:00+09:00"));
        watermark(database, "products", "2026-02-28T00:00:00Z");

        assertThat(mall.run("products")).isEqualTo(ExitCode.DONE);

        assertThat(mall.counts("products")).containsEntry("complete", 1L);
    }

    @Test
    void couponsAreReadWithTheDeletedOnes(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("paging"));

        assertThat(mall.run("coupons")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("coupons")).hasSize(620).anyMatch(coupon -> text(coupon, "deleted")
                .equals("T"));
    }

    @Test
    void anOrderThatChangedIsReadByTheDateItGot(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        String old = anOrderOf("2026-02-05", "CONFIRMED");
        watermark(database, "orders", "2026-03-01T23:00:00Z");
        TestSandbox.post("/orders/cafe24/" + old + "/transition", Map.of("to", "RETURN_REQUESTED"));

        assertThat(mall.run("orders")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .filteredOn(order -> text(order, "order_id").equals(old))
                .hasSize(1)
                .allMatch(
                        order -> text(order.get("items").get(0), "order_status").startsWith("R"));
    }

    @Test
    void anOpenOrderIsReadWithoutADate(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        String quiet = anOrderOf("2026-02-05", "CONFIRMED");
        watermark(database, "orders", "2026-03-01T23:00:00Z");
        LoadedRows rows = new LoadedRows(database);
        rows.order(quiet, "2026-02-05T03:00:00Z", "DELIVERED", null);
        rows.order("20260205-9999999", "2026-02-05T03:00:00Z", "DELIVERED", null);

        assertThat(mall.run("orders")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .filteredOn(order -> text(order, "order_id").equals(quiet))
                .hasSize(1);
        assertThat(mall.counts("orders")).containsEntry("open_gone", 1L);
    }

    @Test
    void ordersOfSmartStoreAreLeftOutWhereThatIsAnAccountToo(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        mall.run("orders", "2026-02-01");
        long imported = mall.landed("orders").stream()
                .filter(order -> text(order, "order_place_id").equals("shopn"))
                .count();
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('naver-hlog', 'hlog', 'NAVER', 'hlog')");

        assertThat(mall.run("orders", "2026-02-01")).isEqualTo(ExitCode.DONE);

        assertThat(imported).isPositive();
        assertThat(mall.counts("orders")).containsEntry("smartstore_left_out", imported);
        assertThat(mall.landed("orders"))
                .noneMatch(order -> text(order, "order_place_id").equals("shopn"));
    }

    @Test
    void aTokenThatEndsBetweenPagesIsRenewedOnce(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("paging", "2026-02-03T00:30:00+09:00"));
        TestSandbox.fault("cafe24", "/admin/orders", "expire_token_mid_paging", 1, 1);

        assertThat(mall.run("orders", "2026-02-02")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .extracting(order -> text(order, "order_id"))
                .doesNotHaveDuplicates()
                .hasSize(mall.count("count_expected"));
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asInt()).isEqualTo(2);
    }

    @Test
    void ordersThatComeInBetweenPagesLoseNone(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("paging", "2026-02-03T00:30:00+09:00"));
        TestSandbox.fault("cafe24", "/admin/orders", "insert_rows_mid_paging", 1, 1);

        assertThat(mall.run("orders", "2026-02-02")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders"))
                .filteredOn(order -> text(order, "order_date").startsWith("2026-02-02"))
                .extracting(order -> text(order, "order_id"))
                .doesNotHaveDuplicates()
                .hasSize(1_001);
    }

    @Test
    void aTokenLostOnItsWayNeedsTheOwner(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        mall.time().sleep(Duration.ofHours(3));
        long before = TestSandbox.stats("cafe24").get("token_calls").asLong();
        TestSandbox.fault("cafe24", "/oauth/token", "rotate_then_drop", 1, 0);

        assertThat(mall.run("orders")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine())
                .contains("\"needs_attention\":\"REAUTH_REQUIRED\"", "lost_rotation", "accounts consent");
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asLong() - before)
                .isEqualTo(2);
        assertThat(database.rows("SELECT status FROM ops.account")).containsExactly("NEEDS_ATTENTION");

        assertThat(mall.run("orders")).isEqualTo(ExitCode.FAILED);
        assertThat(TestSandbox.stats("cafe24").get("token_calls").asLong() - before)
                .isEqualTo(2);
    }

    @Test
    void aScopeThatIsTakenAwayNeedsTheOwner(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        TestSandbox.fault("cafe24", "/admin/orders", "scope_removed:mall.read_order", 1, 0);

        assertThat(mall.run("orders")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine()).contains("\"needs_attention\":\"SCOPE\"", "mall.read_order");
    }

    @Test
    void anAppThatWasTakenOutNeedsTheOwner(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        TestSandbox.fault("cafe24", "/admin/orders", "revoke_app", 1, 0);

        assertThat(mall.run("orders")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine()).contains("\"needs_attention\":\"REAUTH_REQUIRED\"", "not installed");
    }

    @Test
    void aMallThatSaysSlowlyIsAskedSlowly(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        TestSandbox.fault("cafe24", "/admin/orders", "status:429", 5, 0);

        assertThat(mall.run("orders", "2026-01-15")).isEqualTo(ExitCode.DONE);

        JsonNode stats = TestSandbox.stats("cafe24");
        assertThat(stats.get("calls_while_blocked").asInt()).isZero();
        assertThat(stats.get("max_calls_per_second").asInt()).isLessThanOrEqualTo(12);
        assertThat(stats.get("throttled").asInt()).isEqualTo(5);
    }

    /** So few calls in ten minutes that they do not suffice. */
    @Test
    void aQuotaIsWaitedForAndNeverRunInto(TestDatabase database) throws Exception {
        TestTime time = TestSandbox.reset("default");
        TestSandbox.post("/accounts", Map.of("shop", "small", "channels", List.of("cafe24"), "quota_calls", 25));
        DemoMall mall = DemoMall.open(database, folder, time, "small");

        assertThat(mall.run("products")).isEqualTo(ExitCode.DONE);

        JsonNode stats = TestSandbox.stats("cafe24");
        assertThat(stats.get("calls").asInt()).isGreaterThan(25);
        assertThat(stats.get("calls_while_blocked").asInt()).isZero();
        assertThat(stats.get("throttled").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void whatIsRefusedIsAskedOnceAndTheLandingStays(int status, TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        mall.run("coupons");
        Manifest before = mall.runs().landing("coupons", mall.today()).read("no remedy");
        long calls = TestSandbox.stats("cafe24").get("calls").asLong();
        TestSandbox.fault("cafe24", "/admin/coupons", "status:" + status, 3, 0);

        assertThat(mall.run("coupons")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine()).contains("BAD_REQUEST: GET admin/coupons");
        assertThat(TestSandbox.stats("cafe24").get("calls").asLong() - calls).isEqualTo(1);
        assertThat(mall.runs().landing("coupons", mall.today()).read("no remedy"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"html_200", "truncated_json", "missing_field:items", "missing_field:orders"})
    void whatIsNotAsPromisedIsNoData(String fault, TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        TestSandbox.fault("cafe24", "/admin/orders", fault, 1, 1);

        assertThat(mall.run("orders", "2026-02-20")).isEqualTo(ExitCode.FAILED);

        assertThat(mall.runs().lastLine()).contains("SCHEMA: GET admin/orders");
        assertThat(mall.runs().landing("orders", mall.today()).manifest()).isEmpty();
    }

    @Test
    void anEmptyAnswerIsNotBelieved(TestDatabase database) throws Exception {
        DemoMall mall = DemoMall.open(database, folder, TestSandbox.reset("default"));
        TestSandbox.fault("cafe24", "/admin/orders", "empty_array_once", 1, 0);

        assertThat(mall.run("orders", "2026-02-20")).isEqualTo(ExitCode.DONE);

        assertThat(mall.landed("orders")).hasSize(mall.count("count_expected"));
    }

    @Test
    void theMachinesZoneDoesNotMatter(TestDatabase database) throws Exception {
        TimeZone zone = TimeZone.getDefault();
        DemoMall seoul = DemoMall.open(database, folder, TestSandbox.reset("default"));
        seoul.run("orders", "2026-03-01");
        List<JsonNode> expected = seoul.landed("orders");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(seoul.run("orders", "2026-03-01")).isEqualTo(ExitCode.DONE);
        } finally {
            TimeZone.setDefault(zone);
        }

        assertThat(seoul.landed("orders")).isEqualTo(expected);
        assertThat(new TreeSet<>(expected.stream()
                        .map(order -> text(order, "order_date").substring(0, 10))
                        .toList()))
                .containsExactly("2026-03-01", "2026-03-02");
    }

    @Test
    void aMallThatIsNoNameIsNeverAsked() {
        Account evil = new Account("cafe24-evil", "hlog", Channel.CAFE24, "evil.example/#", null, null);

        assertThatThrownBy(() -> Mall.address(evil, Map.of()))
                .hasMessage("--id: evil.example/# (expected for cafe24: [a-z0-9-]{3,50})");
    }

    /** Of a day, that is in such a state now. */
    private static String anOrderOf(String day, String status) {
        return TestSandbox.get(
                        "/truth/orders?from=" + day + "&to=" + day + "&basis=ordered&channel=cafe24&shop=hlogdemo")
                .get("rows")
                .valueStream()
                .filter(row -> text(row, "status").equals(status))
                .map(row -> text(row, "order_id"))
                .findFirst()
                .orElseThrow();
    }

    private static void watermark(TestDatabase database, String dataset, String position) {
        database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id) VALUES ('" + dataset
                + "', 'cafe24-hlogdemo', '" + position + "', 'r')");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
