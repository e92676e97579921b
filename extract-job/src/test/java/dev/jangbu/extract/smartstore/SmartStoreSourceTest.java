package dev.jangbu.extract.smartstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.TestSandbox;
import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Channel;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.Budget;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.sandbox.SandboxShop;
import dev.jangbu.extract.window.ShopRuns;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Against the sandbox's store. */
@ExtendWith(PostgresExtension.class)
class SmartStoreSourceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String NOW = "2026-03-02T09:00:00+09:00";
    private static final String ACCOUNT = "naver-hlogdemo";
    private static final String FEED = "/v1/pay-order/seller/product-orders/last-changed-statuses";
    private static final String QUERY = "/v1/pay-order/seller/product-orders/query";
    private static final String SEARCH = "/v1/products/search";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFirstLoadHoldsEveryOrderedLineOfTheTruth(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null);

        assertThat(runs.run(source(time), "orders", DAY, firstFrom(LocalDate.of(2026, 2, 20)), time))
                .isEqualTo(ExitCode.DONE);

        List<JsonNode> truth = SandboxShop.truth("basis=ordered&channel=naver&from=2026-02-20&to=2026-03-02").stream()
                .filter(orderedBefore("2026-03-01T23:58:00Z"))
                .toList();
        List<JsonNode> landed = landed(runs);
        assertThat(ids(landed)).hasSizeGreaterThan(100).containsExactlyInAnyOrderElementsOf(itemIds(truth));
        assertThat(sum(landed, "/productOrder/totalProductAmount")).isEqualTo(sum(truth, "/line_gross"));
        assertThat(sum(landed, "/productOrder/productDiscountAmount")).isEqualTo(sum(truth, "/line_discount"));
        assertThat(runs.landing("orders", DAY).read("no remedy").counts())
                .containsEntry("count_expected", (long) landed.size())
                .containsEntry("missing_ids", 0L);
        assertThat(SandboxShop.journal())
                .filteredOn(call -> call.get("path").asString().endsWith("/oauth2/token"))
                .singleElement()
                .satisfies(call -> assertThat(call.get("query")).isEmpty());
        assertThat(SandboxShop.journal())
                .noneMatch(call -> call.get("status").asInt() == 429)
                .hasSizeGreaterThan(10);
    }

    @Test
    void nobodyIsNamedInTheLanding(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");

        runs.run(source(time), "orders", DAY);

        assertThat(String.join("\n", runs.records("orders", DAY)))
                .doesNotContain("010-0000", "ordererNo", "ordererName", "ordererTel", "abc***", "trackingNumber");
        assertThat(landed(runs)).isNotEmpty().allSatisfy(one -> assertThat(
                        one.at("/order/customer_key").asString())
                .matches("[0-9a-f]{64}"));
    }

    /** The 2nd has 1,001 orders, many dispatched at one instant, which is on a page's border. */
    @Test
    void theFeedIsReadToItsEnd(TestDatabase database) {
        TestTime time = TestSandbox.reset("paging", "2026-03-02T23:00:00+09:00");
        ShopRuns runs = runs(database, time, "2026-03-02T02:00:00+09:00");

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        List<String> ordered =
                itemIds(SandboxShop.truth("basis=ordered&channel=naver&from=2026-03-02&to=2026-03-02").stream()
                        .filter(orderedBefore("2026-03-02T13:58:00Z"))
                        .toList());
        List<String> first = ids(landed(runs));
        assertThat(first).hasSizeGreaterThan(900).doesNotHaveDuplicates();
        assertThat(landed(runs))
                .filteredOn(one -> one.get("lastChange").isNull())
                .isEmpty();
        assertThat(SandboxShop.journal())
                .filteredOn(call -> call.get("path").asString().endsWith(FEED))
                .hasSizeGreaterThan(4);

        // What changed again in the last two minutes comes with the next window.
        database.execute("UPDATE ops.watermark SET position = '2026-03-02T22:58:00+09:00'");
        time.sleep(Duration.ofMinutes(10));
        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);
        Set<String> both = new HashSet<>(first);
        both.addAll(ids(landed(runs)));
        assertThat(both).containsAll(ordered);
    }

    @Test
    void aFeedWithoutRowsIsAnEmptyWindow(TestDatabase database) {
        TestTime time = TestSandbox.reset("quiet", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(runs.landing("orders", DAY).read("no remedy").rows()).isZero();
    }

    @Test
    void aDeliveryIsSeenAlthoughTheFeedDoesNotTellIt(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-02T08:30:00+09:00");
        JsonNode delivered = SandboxShop.truth("basis=ordered&channel=naver&from=2026-02-20&to=2026-02-28").stream()
                .filter(row -> row.get("status").asString().equals("DELIVERED"))
                .findFirst()
                .orElseThrow();
        loadAsShipping(database, delivered);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        String id = delivered.get("item_id").asString();
        assertThat(landed(runs))
                .filteredOn(
                        one -> one.at("/productOrder/productOrderId").asString().equals(id))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.at("/productOrder/productOrderStatus").asString())
                            .isEqualTo("DELIVERED");
                    assertThat(one.get("lastChange").isNull()).isTrue();
                });
    }

    @Test
    void aRefusedCallIsMadeOnceAndLeavesTheLanding(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");
        runs.run(source(time), "orders", DAY);
        var before = runs.landing("orders", DAY).read("no remedy");
        TestSandbox.fault("naver", FEED, "status:400", 1, 0);
        int calls = SandboxShop.journal().size();

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine())
                .containsPattern("BAD_REQUEST: GET v1/pay-order/seller/product-orders/last-changed-statuses\\?"
                        + "lastChangedFrom&lastChangedTo&limitCount answered 400 code=BAD_REQUEST trace=sbx-\\w+");
        assertThat(SandboxShop.journal()).hasSize(calls + 1);
        assertThat(runs.landing("orders", DAY).read("no remedy")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        FEED + ", html_200",
        FEED + ", truncated_json",
        FEED + ", missing_field:lastChangeStatuses",
        QUERY + ", html_200",
        QUERY + ", missing_field:productOrder"
    })
    void anAnswerThatIsNotAsPromisedLandsNothing(String path, String fault, TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");
        TestSandbox.fault("naver", path, fault, 1, 0);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("SCHEMA: ").doesNotContain("010-0000");
        assertThat(runs.landing("orders", DAY).manifest()).isEmpty();
    }

    @Test
    void idsThatAreLeftOutAreAskedForOnceMore(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");
        TestSandbox.fault("naver", QUERY, "empty_array_once", 1, 0);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(runs.landing("orders", DAY).read("no remedy").counts()).containsEntry("missing_ids", 0L);
        assertThat(landed(runs)).isNotEmpty();
    }

    @Test
    void aTokenThatEndsBetweenPagesIsRenewedOnce(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-02-26T00:00:00+09:00");
        TestSandbox.fault("naver", FEED, "expire_token_mid_paging", 1, 2);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(SandboxShop.journal())
                .filteredOn(call -> call.get("path").asString().endsWith("/oauth2/token"))
                .hasSize(2);
        assertThat(ids(landed(runs))).doesNotHaveDuplicates();
    }

    @Test
    void aStoreThatIsShutOutForHoursIsLeftAlone(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");
        TestSandbox.fault("naver", FEED, "quota_hours", 1, 0);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.UNAVAILABLE);

        assertThat(runs.lastLine()).contains("QUOTA: ", "code=GW.QUOTA_LIMIT");
        assertThat(SandboxShop.journal()).hasSize(2);
    }

    @Test
    void stormsOfTooFastAreWaitedOut(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, "2026-03-01T00:00:00+09:00");
        TestSandbox.fault("naver", FEED, "status:429", 5, 0);

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.DONE);

        assertThat(time.waits()).extracting(wait -> wait.toSeconds()).containsSubsequence(1L, 2L, 4L, 8L, 8L);
    }

    @Test
    void aWrongSecretIsForTheOwner(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null, Map.of("client_secret", "$2a$04$abcdefghijklmnopqrstuu"));

        assertThat(runs.run(source(time), "orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("\"needs_attention\":\"WRONG_SECRET\"", "invalid=client_secret_sign");
        assertThat(database.rows("SELECT status, needs_attention_reason FROM ops.account"))
                .containsExactly("NEEDS_ATTENTION|WRONG_SECRET");
        assertThat(SandboxShop.journal()).hasSize(1);
    }

    @Test
    void theBudgetEndsARun(TestDatabase database) {
        TestTime time = TestSandbox.reset("default", NOW);
        ShopRuns runs = runs(database, time, null);
        SmartStoreSource source = new SmartStoreSource(
                TestSandbox.ENVIRONMENT, clock -> new Pace(time, time, Budget.of(5, Duration.ofMinutes(30), time)));

        assertThat(runs.run(source, "orders", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("BUDGET: calls: 6 (expected: up to 5 in a run of an account)");
    }

    @Test
    void productsAreScannedWholly(TestDatabase database) {
        TestTime time = TestSandbox.reset("paging", NOW);
        ShopRuns runs = runs(database, time, null);

        assertThat(runs.run(source(time), "products", DAY)).isEqualTo(ExitCode.DONE);

        List<JsonNode> products = runs.records("products", DAY).stream()
                .map(Json.mapper()::readTree)
                .toList();
        assertThat(products)
                .extracting(product -> product.get("channelProductNo").asString())
                .hasSize(5_350)
                .doesNotHaveDuplicates();
        assertThat(runs.landing("products", DAY).read("no remedy").counts())
                .isEqualTo(Map.of("count_expected", 5_350L, "complete", 1L, "calls", 12L));
    }

    @Test
    void aPageOfProductsThatIsMissingIsNoScan(TestDatabase database) {
        TestTime time = TestSandbox.reset("paging", NOW);
        ShopRuns runs = runs(database, time, null);
        TestSandbox.fault("naver", SEARCH, "empty_array_once", 1, 3);

        assertThat(runs.run(source(time), "products", DAY)).isEqualTo(ExitCode.FAILED);

        assertThat(runs.lastLine()).contains("COUNT_MISMATCH: POST v1/products/search: products: ", "5350, its total");
    }

    private SmartStoreSource source(TestTime time) {
        return new SmartStoreSource(TestSandbox.ENVIRONMENT, clock -> time.pace());
    }

    private ShopRuns runs(TestDatabase database, TestTime time, @Nullable String watermark) {
        return runs(
                database,
                time,
                watermark,
                Map.of(
                        "client_secret",
                        SandboxShop.account("naver").get("client_secret").asString()));
    }

    private ShopRuns runs(
            TestDatabase database, TestTime time, @Nullable String watermark, Map<String, String> secret) {
        JsonNode store = SandboxShop.account("naver");
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.add(
                new Account(
                        ACCOUNT,
                        "hlog",
                        Channel.NAVER,
                        "hlogdemo",
                        store.get("base_url").asString(),
                        null),
                Map.of(
                        "client_id",
                        store.get("client_id").asString(),
                        "client_secret",
                        secret.getOrDefault("client_secret", "")),
                null);
        if (watermark != null) {
            database.execute("INSERT INTO ops.watermark (dataset, slice, position, run_id) VALUES ('orders', '"
                    + ACCOUNT + "', '" + watermark + "', 'r')");
        }
        return ShopRuns.of(database, folder, accounts, ACCOUNT, time);
    }

    private static WindowOptions firstFrom(LocalDate day) {
        return new WindowOptions(ACCOUNT, false, day);
    }

    private static void loadAsShipping(TestDatabase database, JsonNode line) {
        database.execute("""
                INSERT INTO raw.sales_order (
                    account_id, order_id, tenant_id, channel_code, ordered_at, ordered_on, currency, item_gross,
                    item_discount, order_discount, item_count, status, has_open_claim, source_hash, observed_at,
                    first_seen_at, last_seen_at, loaded_run_id
                ) VALUES (
                    'naver-hlogdemo', '%1$s', 'hlog', 'NAVER', '%2$s', '2026-02-20', 'KRW', 1, 0, 0, 1, 'SHIPPING', FALSE,
                    'h', '%2$s', '%2$s', '%2$s', 'r'
                )""".formatted(
                        line.get("order_id").asString(), line.get("ordered_at").asString()));
        database.execute("""
                INSERT INTO raw.order_item (
                    account_id, item_id, order_id, product_name, quantity, remaining_quantity, unit_price, line_gross,
                    line_discount, allocated_discount, line_net, item_status, raw_status, line_kind, ever_paid,
                    source_hash, observed_at, loaded_run_id
                ) VALUES (
                    'naver-hlogdemo', '%1$s', '%2$s', 'p', 1, 1, 1, 1, 0, 0, 1, 'SHIPPING', 'DELIVERING', 'SALE', TRUE,
                    'h', '2026-03-01T00:00:00Z', 'r'
                )""".formatted(
                        line.get("item_id").asString(), line.get("order_id").asString()));
    }

    private static Predicate<JsonNode> orderedBefore(String instant) {
        return row -> !OffsetDateTime.parse(row.get("ordered_at").asString())
                .toInstant()
                .isAfter(Instant.parse(instant));
    }

    private static List<JsonNode> landed(ShopRuns runs) {
        return runs.records("orders", DAY).stream().map(Json.mapper()::readTree).toList();
    }

    private static List<String> ids(List<JsonNode> landed) {
        return landed.stream()
                .map(one -> one.at("/productOrder/productOrderId").asString())
                .toList();
    }

    private static List<String> itemIds(List<JsonNode> truth) {
        return truth.stream().map(row -> row.get("item_id").asString()).toList();
    }

    private static long sum(List<JsonNode> rows, String amount) {
        return rows.stream().mapToLong(row -> row.at(amount).asLong()).sum();
    }
}
