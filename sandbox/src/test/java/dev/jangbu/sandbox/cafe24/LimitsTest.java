package dev.jangbu.sandbox.cafe24;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final String MARCH = "start_date=2026-03-01&end_date=2026-03-02";

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void tokenIsAskedFor() {
        assertError(Running.get(Operator.API + "/admin/orders?" + MARCH), 401, "Invalid access_token");
        Operator operator = Operator.letIn();
        Running.advance(Duration.ofHours(2));
        assertError(operator.get("/admin/orders?" + MARCH), 401, "access_token time expired. (invalid_token)");
    }

    @Test
    void eachMethodAsksForItsScope() {
        Operator operator = Operator.letIn("mall.read_order");

        assertThat(operator.get("/admin/orders?" + MARCH).status()).isEqualTo(200);
        assertError(operator.get("/admin/products"), 403, "insufficient_scope (mall.read_product)");
        assertError(operator.get("/admin/categories"), 403, "insufficient_scope (mall.read_category)");
        assertError(operator.get("/admin/coupons"), 403, "insufficient_scope (mall.read_promotion)");
    }

    @Test
    void plainHttpIsRefused() {
        Reply reply = Running.get(Operator.API + "/admin/products", "X-Sandbox-Scheme", "http");

        assertError(reply, 403, "https is required.");
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/orders?MARCH&limit=1000, 200",
        "/admin/orders?MARCH&limit=1001, 422",
        "/admin/orders?MARCH&limit=0, 422",
        "/admin/orders?MARCH&offset=15000, 200",
        "/admin/orders?MARCH&offset=15001, 422",
        "/admin/orders?start_date=2026-03-01, 422",
        "/admin/orders?end_date=2026-03-01, 422",
        "/admin/orders, 422",
        "/admin/orders?start_date=2025-12-02&end_date=2026-03-02, 200",
        "/admin/orders?start_date=2025-12-01&end_date=2026-03-02, 422",
        "/admin/orders?start_date=2026-03-02&end_date=2026-03-01, 422",
        "/admin/orders?start_date=yesterday&end_date=today, 422",
        "/admin/orders?MARCH&date_type=modified_date, 422",
        "/admin/orders?MARCH&embed=refunds, 422",
        "/admin/orders?MARCH&modified_since=2026-03-01, 422",
        "/admin/orders?MARCH&shop_no=2, 422",
        "/admin/orders/coupons, 422",
        "/admin/orders/coupons?order_id=20260301-0000001&limit=501, 422",
        "/admin/orders/coupons?order_id=20260301-0000001&offset=8001, 422",
        "/admin/refunds?MARCH&limit=500, 200",
        "/admin/refunds?MARCH&limit=501, 422",
        "/admin/refunds?limit=500, 422",
        "/admin/refunds?MARCH&date_type=x, 422",
        "/admin/products?limit=100, 200",
        "/admin/products?limit=101, 422",
        "/admin/products?offset=5000, 200",
        "/admin/products?offset=5001, 422",
        "/admin/products?since_product_no=0&offset=100, 422",
        "/admin/products?since_product_no=0&sort=created_date, 422",
        "/admin/products?sort=price, 422",
        "/admin/products?updated_start_date=2026-01-01, 422",
        "/admin/categories?limit=101, 422",
        "/admin/categories?offset=8000, 200",
        "/admin/categories?offset=8001, 422",
        "/admin/categories/24/products, 422",
        "/admin/categories/24/products?display_group=1&limit=50000, 200",
        "/admin/categories/24/products?display_group=1&limit=50001, 422",
        "/admin/categories/24/products?display_group=1&offset=1, 422",
        "/admin/coupons?limit=500, 200",
        "/admin/coupons?limit=501, 422",
        "/admin/coupons?offset=8001, 422",
        "/admin/orders/20200101-0000001, 404",
        "/admin/nothing, 404"
    })
    void limitOfEachEndpoint(String path, int status) {
        Reply reply = Operator.letIn().get(path.replace("MARCH", MARCH));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (status != 200) {
            assertThat(reply.json().get("error").get("code").asInt()).isEqualTo(status);
        }
    }

    @Test
    void commaListsHoldAHundredValues() {
        Operator operator = Operator.letIn();
        String hundred = String.join(",", Collections.nCopies(100, "20260301-0000001"));

        assertThat(operator.get("/admin/orders?order_id=" + hundred).status()).isEqualTo(200);
        assertThat(operator.get("/admin/orders?order_id=" + hundred + ",20260301-0000002")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void clampingMallCutsInSilence() {
        Running.reset("paging");
        Running.control("/accounts", Map.of("shop", "clamping", "clamp", true, "channels", new String[] {"cafe24"}));
        Running.setClock("2026-03-03T09:00:00+09:00");
        String token = Operator.letIn("clamping", Operator.ALL);

        Reply reply = Running.get(
                "/cafe24/clamping/api/v2/admin/orders?start_date=2026-03-02&end_date=2026-03-02&limit=5000&fields=order_id",
                "Authorization",
                "Bearer " + token);

        assertThat(reply.json().get("orders")).hasSize(1000);
    }

    @Test
    void bucketHolds40AndDrainsTwoASecond() {
        Operator operator = Operator.letIn();
        for (int call = 1; call <= 40; call++) {
            Reply reply = operator.get("/admin/products/count");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("X-Api-Call-Limit")).isEqualTo(call + "/40");
        }
        Reply over = operator.get("/admin/products/count");
        assertThat(over.header("X-Api-Call-Limit")).isEqualTo("40/40");
        assertThat(over.header("Retry-After")).isEmpty();
        assertError(over, 429, "Too Many Requests");

        Running.advance(Duration.ofSeconds(1));
        assertThat(operator.get("/admin/products/count").status()).isEqualTo(200);
        assertThat(operator.get("/admin/products/count").status()).isEqualTo(200);
        assertThat(operator.get("/admin/products/count").status()).isEqualTo(429);
    }

    @Test
    void quotaShutsOutAndEachCallMakesItLonger() {
        Running.control(
                "/accounts", Map.of("shop", "small-quota", "quota_calls", 4, "channels", new String[] {"cafe24"}));
        String token = Operator.letIn("small-quota", Operator.ALL);
        String path = "/cafe24/small-quota/api/v2/admin/products/count";
        for (int call = 1; call <= 4; call++) {
            assertThat(Running.get(path, "Authorization", "Bearer " + token).header("X-Cafe24-Call-Usage"))
                    .isEqualTo(String.valueOf(call * 25));
        }

        Reply first = Running.get(path, "Authorization", "Bearer " + token);
        Reply second = Running.get(path, "Authorization", "Bearer " + token);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.header("X-Cafe24-Call-Remain")).isEqualTo("600");
        assertThat(second.header("X-Cafe24-Call-Remain")).isEqualTo("610");
        assertThat(Running.truth("stats").at("/accounts/0/calls_while_blocked").asInt())
                .isEqualTo(2);
        Running.advance(Duration.ofSeconds(610));
        assertThat(Running.get(path, "Authorization", "Bearer " + token).status())
                .isEqualTo(200);
    }

    private static void assertError(Reply reply, int status, String message) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body())
                .isEqualTo("{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"more_info\":{}}}");
    }
}
