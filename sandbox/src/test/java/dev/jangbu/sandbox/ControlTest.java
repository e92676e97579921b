package dev.jangbu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.shop.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ControlTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void clockStandsMovesAndRuns() {
        assertThat(now()).isEqualTo("2026-03-02T09:00:00.000+09:00");
        Running.advance(Duration.ofHours(2));
        assertThat(now()).isEqualTo("2026-03-02T11:00:00.000+09:00");
        Running.setClock("2026-04-01T00:00:00Z");
        assertThat(now()).isEqualTo("2026-04-01T09:00:00.000+09:00");
        Running.control("/clock", Map.of("running", true));
        assertThat(Running.get("/__sandbox/").json().get("running").asBoolean()).isTrue();
    }

    @Test
    void hundredShopsOpenAtOnceAndAnswer() {
        JsonNode opened = Running.control("/accounts", Map.of("shop", "load", "count", 100))
                .get("accounts");

        assertThat(opened).hasSize(100);
        assertThat(opened.at("/99/cafe24/mall_id").asString()).isEqualTo("load-100");
        assertThat(opened.valueStream()
                        .map(one -> one.at("/naver/client_id").asString())
                        .distinct())
                .hasSize(100);
        assertThat(opened.valueStream()
                        .map(one -> one.at("/ga4/property_id").asString())
                        .distinct())
                .hasSize(100);
        JsonNode sums =
                Running.truth("orders?rows=false&from=2026-02-20&to=2026-03-01").get("sums");
        assertThat(sums.size()).isGreaterThan(100);
    }

    @Test
    void truthIsThatOfTheClock() {
        String path = "orders?channel=cafe24&shop=hlogdemo&basis=paid&from=2026-02-01&to=2026-02-28";
        JsonNode before = Running.truth(path).get("rows");
        Running.advance(Duration.ofDays(30));
        JsonNode after = Running.truth(path).get("rows");

        assertThat(after.valueStream().map(row -> row.get("item_id").asString()).toList())
                .isEqualTo(before.valueStream()
                        .map(row -> row.get("item_id").asString())
                        .toList());
        assertThat(after.valueStream()
                        .filter(row -> row.get("status").asString().equals("CONFIRMED"))
                        .count())
                .isGreaterThan(before.valueStream()
                        .filter(row -> row.get("status").asString().equals("CONFIRMED"))
                        .count());
    }

    @Test
    void handMadeChangesAndOrders() {
        JsonNode added = Running.control("/orders/ably/add", Map.of("count", 2)).get("orders");
        String id = added.get(0).asString();
        Running.advance(Duration.ofMinutes(1));
        Running.control("/orders/ably/" + id + "/transition", Map.of("to", "CANCELED"));
        JsonNode rows = Running.truth("orders?channel=ably&basis=ordered&from=2026-03-02&to=2026-03-02")
                .get("rows");

        assertThat(rows.valueStream()
                        .filter(row -> row.get("order_id").asString().equals(id)))
                .isNotEmpty()
                .allMatch(row -> row.get("status").asString().equals("CANCELED"));
        assertThat(Running.post("/__sandbox/orders/ably/20260101/transition", "{\"to\":\"PAID\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void statsTellRates() {
        for (int call = 0; call < 7; call++) {
            Running.get("/cafe24/hlogdemo/api/v2/admin/orders");
        }
        Running.advance(Duration.ofSeconds(5));
        Running.get("/cafe24/hlogdemo/api/v2/admin/products");
        JsonNode stats = Running.truth("stats").at("/accounts/0");

        assertThat(stats.get("account").asString()).isEqualTo("hlogdemo");
        assertThat(stats.get("calls").asInt()).isEqualTo(8);
        assertThat(stats.get("max_calls_per_second").asInt()).isEqualTo(7);
        assertThat(stats.get("statuses").toString()).isEqualTo("{\"401\":8}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/reset | {\"scenario\":\"wild\"} | scenario: wild (expected: default, paging, quiet)",
                "/reset | {\"speed\":2} | speed: unknown (expected: seed, scenario, now, running)",
                "/reset | nothing | body: no JSON (expected: an object)",
                "/clock | {\"running\":\"yes\"} | running: \"yes\" (expected: true or false)",
                "/accounts | {} | shop: missing (expected: a value)",
                "/accounts | {\"shop\":\"hlogdemo\"} | shop: hlogdemo (expected: one that is not there yet)",
                "/accounts | {\"shop\":\"Evil/#\"} | shop: Evil/# (expected: 3 to 50 of a-z, 0-9 and -)",
                "/accounts | {\"shop\":\"many\",\"products\":0} | products: 0 (expected: 1..20000)",
                "/accounts | {\"shop\":\"many\",\"channels\":[\"ebay\"]} | channel: ebay (expected: cafe24, naver, ably, ga4)",
                "/orders/cafe24/x/transition | {\"to\":\"LOST\"} | to: LOST (expected: one of [ORDERED,"
            })
    void wrongWishesAreNamed(String path, String body, String message) {
        Reply reply = Running.post("/__sandbox" + path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asString()).startsWith(message);
    }

    @Test
    void strangersNamesAndPathsAreRefused() {
        assertThat(Running.get("/nothing").status()).isEqualTo(404);
        assertThat(Running.get("/__sandbox/nothing").status()).isEqualTo(404);
        assertThat(Running.get("/cafe24/unknown/api/v2/admin/orders").status()).isEqualTo(404);
    }

    @Test
    void withoutControlThereIsNone() {
        StageSettings stage = new StageSettings(7, Scenario.QUIET, Instant.EPOCH, false);
        try (Sandbox plain = Sandbox.start(new Sandbox.Settings(0, false, stage))) {
            assertThat(Running.get(plain.url() + "/__sandbox/").status()).isEqualTo(404);
            assertThat(Running.get(plain.url() + "/ably/login").status()).isEqualTo(200);
        }
    }

    @Test
    void commandRefusesWrongArguments() {
        assertThat(SandboxCommand.run("--scenario", "wild")).isEqualTo(2);
        assertThat(SandboxCommand.run("--now", "today")).isEqualTo(2);
        assertThat(SandboxCommand.run("--port", "70000")).isEqualTo(2);
        assertThat(SandboxCommand.run("--help")).isZero();
        assertThat(SandboxCommand.run("--port", Running.url().replaceAll(".*:", "")))
                .isEqualTo(1);
    }

    private static String now() {
        return Running.get("/__sandbox/").json().get("now").asString();
    }
}
