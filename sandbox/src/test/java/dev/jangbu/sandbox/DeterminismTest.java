package dev.jangbu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.ably.Visitor;
import dev.jangbu.sandbox.account.AccountRequest;
import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.Keys;
import dev.jangbu.sandbox.analytics.Reader;
import dev.jangbu.sandbox.cafe24.Operator;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.DayCache;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Scenario;
import dev.jangbu.sandbox.shop.Shop;
import dev.jangbu.sandbox.shop.ShopSettings;
import dev.jangbu.sandbox.smartstore.Seller;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The same seed and clock, the same bytes, whatever was asked before. */
class DeterminismTest {
    private static final String REPORT = "{\"dateRanges\":[{\"startDate\":\"2026-02-20\",\"endDate\":\"2026-03-01\"}],"
            + "\"dimensions\":[{\"name\":\"date\"},{\"name\":\"sessionSource\"}],"
            + "\"metrics\":[{\"name\":\"sessions\"},{\"name\":\"purchaseRevenue\"}]}";

    /** A body of each platform, and of the truth. */
    private static final Map<String, Supplier<Reply>> QUESTIONS = questions();

    @Test
    void orderOfCallsDoesNotMatter() {
        long seed = 20_260_302;
        Map<String, String> first = answers(List.copyOf(QUESTIONS.keySet()));
        for (int round = 0; round < 3; round++) {
            List<String> shuffled = new ArrayList<>(QUESTIONS.keySet());
            Collections.shuffle(shuffled, new Random(seed + round));
            assertThat(answers(shuffled)).as("seed %d, round %d", seed, round).isEqualTo(first);
        }
    }

    @Test
    void clockForthAndBackChangesNothing() {
        Map<String, String> first = answers(List.copyOf(QUESTIONS.keySet()));
        Running.setClock("2026-06-01T00:00:00+09:00");
        QUESTIONS.values().forEach(question -> assertThat(question.get().status())
                .isEqualTo(200));
        Running.setClock(Running.NOW);

        QUESTIONS.forEach(
                (name, question) -> assertThat(question.get().body()).as(name).isEqualTo(first.get(name)));
    }

    @Test
    void anotherSeedIsAnotherShop() {
        assertThat(shop(8).on(Channel.CAFE24, LocalDate.of(2026, 2, 10), Instant.MAX.minusSeconds(1)))
                .isNotEqualTo(shop(7).on(Channel.CAFE24, LocalDate.of(2026, 2, 10), Instant.MAX.minusSeconds(1)));
    }

    @Test
    void sharesAreThoseStated() {
        Instant now = Instant.parse("2026-06-01T00:00:00Z");
        List<Order> orders = shop(7).between(Channel.CAFE24, LocalDate.of(2024, 1, 2), LocalDate.of(2026, 3, 31), now)
                .filter(order -> order.marketOrderId() == null && order.day().getDayOfMonth() != 1)
                .toList();

        assertThat(orders).hasSizeGreaterThan(5_000);
        assertThat(share(orders, order -> order.buyer().memberId() == null)).isBetween(0.27, 0.33);
        assertThat(share(orders, Order::isMobile)).isBetween(0.72, 0.78);
        assertThat(share(orders, order -> order.paidAt(now).isEmpty())).isBetween(0.02, 0.04);
        assertThat(orders.stream()
                        .mapToInt(order -> order.lines().size())
                        .average()
                        .orElse(0))
                .isBetween(1.5, 1.75);
    }

    @Test
    void linesInMemoryAreBounded() {
        DayCache cache = new DayCache();
        Accounts accounts = new Accounts(7, cache, new Keys());
        for (int number = 0; number < 4; number++) {
            ShopSettings settings =
                    ShopSettings.of("big-" + number, 7, Scenario.DEFAULT).withOrdersPerDay(400);
            accounts.open(new AccountRequest(
                    settings, Set.of(Channel.CAFE24), 3_000, false, 1, "v1", false, "default", false));
        }
        for (Shop shop : accounts.shops()) {
            long count = shop.between(
                            Channel.CAFE24,
                            LocalDate.of(2026, 1, 2),
                            LocalDate.of(2026, 3, 1),
                            Instant.parse("2026-04-01T00:00:00Z"))
                    .count();
            assertThat(count).isGreaterThan(20_000);
        }

        assertThat(cache.lines()).isBetween(100_000L, 200_000L);
    }

    private static Map<String, Supplier<Reply>> questions() {
        Map<String, Supplier<Reply>> questions = new LinkedHashMap<>();
        for (String path : List.of(
                "/__sandbox/accounts",
                "/__sandbox/truth/orders?from=2026-02-20&to=2026-03-02",
                "/__sandbox/truth/orders?from=2026-01-01&to=2026-01-31&basis=ordered&channel=naver",
                "/__sandbox/truth/traffic?from=2026-02-20&to=2026-03-02")) {
            questions.put(path, () -> Running.get(path));
        }
        for (String path : List.of(
                "/admin/orders?start_date=2026-02-20&end_date=2026-03-02&embed=items&limit=100",
                "/admin/orders?date_type=return_complete_date&start_date=2026-02-01&end_date=2026-03-02&limit=100",
                "/admin/products?limit=100",
                "/admin/refunds?start_date=2026-02-01&end_date=2026-03-02")) {
            questions.put("cafe24 " + path, () -> Operator.letIn().get(path));
        }
        questions.put("naver", () -> Seller.letIn()
                .getAtOnce("/v1/pay-order/seller/product-orders/last-changed-statuses"
                        + "?lastChangedFrom=2026-03-01T09:00:00.000%2B09:00"));
        questions.put("ga4", () -> Reader.letIn().report(REPORT));
        questions.put("ably", () -> Visitor.letIn().get("/sales/order/export?from=2026-02-01&to=2026-03-02"));
        return questions;
    }

    private static Map<String, String> answers(List<String> names) {
        Running.reset("default");
        Map<String, String> answers = new TreeMap<>();
        for (String name : names) {
            Reply reply = Objects.requireNonNull(QUESTIONS.get(name), name).get();
            assertThat(reply.status()).as(name).isEqualTo(200);
            answers.put(name, reply.body());
        }
        return answers;
    }

    private static Shop shop(long seed) {
        return new Shop(ShopSettings.of("hlogdemo", seed, Scenario.DEFAULT), new DayCache());
    }

    private static double share(List<Order> orders, Predicate<Order> which) {
        return (double) orders.stream().filter(which).count() / orders.size();
    }
}
