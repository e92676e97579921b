package dev.jangbu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.sandbox.http.Json;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Every kind of fault, told by what the caller sees. */
class FaultsTest {
    private static final String API = "/cafe24/hlogdemo/api/v2";
    private static final String ORDERS =
            "/admin/orders?start_date=2026-03-01&end_date=2026-03-02&embed=items&limit=100";
    private static final String RETURN_TO = "http://127.0.0.1:39000/callback";
    private static final String SCOPES = "mall.read_category mall.read_product mall.read_order mall.read_promotion";

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @ParameterizedTest
    @CsvSource({
        "cafe24, /cafe24/hlogdemo/api/v2/admin/orders, {\"error\":{\"code\":503",
        "naver, /naver/external/v1/products/search, {\"code\":\"GW.BLOCK.02\"",
        "ga4, /ga4/v1beta/properties/1:runReport, {\"error\":{\"code\":503",
        "ably, /ably/sales/order, <!doctype html>"
    })
    void statusComesInThePlatformsOwnWords(String channel, String path, String body) {
        Running.fault(channel, "", "status:503", 1, 0);

        Reply reply = Running.get(path);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).startsWith(body);
        assertThat(Running.get(path).status()).isNotEqualTo(503);
    }

    @Test
    void faultWaitsForItsCallAndStrikesSoOften() {
        String token = letIn().get("access_token").asString();
        Running.fault("cafe24", "/admin/products", "status:500", 2, 1);

        assertThat(get(token, "/admin/orders/count?start_date=2026-03-01&end_date=2026-03-01")
                        .status())
                .isEqualTo(200);
        assertThat(get(token, "/admin/products/count").status()).isEqualTo(200);
        assertThat(get(token, "/admin/products/count").status()).isEqualTo(500);
        assertThat(Running.get("/__sandbox/faults")
                        .json()
                        .at("/waiting/0/times")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(token, "/admin/products/count").status()).isEqualTo(500);
        assertThat(get(token, "/admin/products/count").status()).isEqualTo(200);
        assertThat(Running.get("/__sandbox/faults").json().get("waiting")).isEmpty();
    }

    @Test
    void droppedBeforeAnAnswer() {
        Running.fault("cafe24", "", "drop_before_response", 1, 0);

        assertThatThrownBy(() -> Running.post(API + "/admin/orders", "")).isInstanceOf(UncheckedIOException.class);
        assertThat(Running.get("/__sandbox/journal")
                        .json()
                        .at("/entries/0/status")
                        .asInt())
                .isZero();
    }

    @Test
    void rotatedAndTheAnswerLost() {
        String refresh = letIn().get("refresh_token").asString();
        Running.fault("cafe24", "", "rotate_then_drop", 1, 0);

        assertThatThrownBy(() -> refresh(refresh)).isInstanceOf(UncheckedIOException.class);
        assertThat(refresh(refresh).json().get("error").asString()).isEqualTo("invalid_grant");
        assertThat(Running.truth("stats").at("/accounts/0/token_calls").asInt()).isEqualTo(3);
    }

    @Test
    void spoiledAnswers() {
        String token = letIn().get("access_token").asString();
        Running.fault("cafe24", "/admin/orders", "truncated_json", 1, 0);
        Running.fault("cafe24", "/admin/orders", "html_200", 1, 1);
        Running.fault("cafe24", "/admin/orders", "empty_array_once", 1, 2);
        Running.fault("cafe24", "/admin/orders", "missing_field:items", 1, 3);

        Reply truncated = get(token, ORDERS);
        Reply html = get(token, ORDERS);
        Reply empty = get(token, ORDERS);
        Reply missing = get(token, ORDERS);
        Reply whole = get(token, ORDERS);

        assertThatThrownBy(truncated::json).isInstanceOf(JacksonException.class);
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.body()).contains("시스템 점검");
        assertThat(empty.json().get("orders")).isEmpty();
        assertThat(missing.json().at("/orders/0").has("items")).isFalse();
        assertThat(whole.json().at("/orders/0").has("items")).isTrue();
    }

    @Test
    void tokenEndsWhilePaging() {
        JsonNode tokens = letIn();
        Running.fault("cafe24", "/admin/orders", "expire_token_mid_paging", 1, 1);

        assertThat(get(tokens.get("access_token").asString(), ORDERS).status()).isEqualTo(200);
        assertThat(get(tokens.get("access_token").asString(), ORDERS).status()).isEqualTo(401);
        String renewed = refresh(tokens.get("refresh_token").asString())
                .json()
                .get("access_token")
                .asString();
        assertThat(get(renewed, ORDERS).status()).isEqualTo(200);
    }

    @Test
    void rowsComeInWhilePaging() {
        String token = letIn().get("access_token").asString();
        Running.fault("cafe24", "/admin/orders", "insert_rows_mid_paging", 1, 1);

        int before = get(token, ORDERS).json().get("orders").size();
        JsonNode after = get(token, ORDERS).json().get("orders");

        assertThat(after).hasSize(before + 3);
        assertThat(after.at("/0/order_date").asString()).isEqualTo("2026-03-02T09:00:00+09:00");
    }

    @Test
    void removedAppAndNarrowedScope() {
        JsonNode tokens = letIn();
        String token = tokens.get("access_token").asString();
        Running.fault("cafe24", "/admin/products", "scope_removed:mall.read_order", 1, 0);
        Running.fault("cafe24", "/admin/products", "revoke_app", 1, 1);

        assertThat(get(token, "/admin/products/count").status()).isEqualTo(200);
        assertThat(get(token, ORDERS).body()).contains("insufficient_scope (mall.read_order)");
        assertThat(get(token, "/admin/products/count").status()).isEqualTo(403);
        assertThat(refresh(tokens.get("refresh_token").asString()).status()).isEqualTo(400);
        assertThat(get(letIn().get("access_token").asString(), ORDERS).status()).isEqualTo(200);
    }

    @Test
    void skewedClockAndDelay() {
        String refresh = letIn().get("refresh_token").asString();
        Running.fault("cafe24", "/oauth/token", "clock_skew:9m", 1, 0);
        Running.fault("cafe24", "/oauth/token", "delay:1s", 1, 0);
        long began = System.nanoTime();

        assertThat(refresh(refresh).json().get("issued_at").asString()).isEqualTo("2026-03-02T09:09:00.000");
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void quotaOfHoursShutsSmartStoreOut() {
        Running.fault("naver", "/v1/oauth2/token", "quota_hours", 1, 0);
        String clientId = Running.accounts().at("/naver/client_id").asString();

        Reply reply = Running.post(
                "/naver/external/v1/oauth2/token",
                "client_id=" + clientId,
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("GNCP-GW-Quota-Period")).isEqualTo("HOURS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone | kind: gone (expected: status, quota_hours,",
                "status:200 | status: 200 (expected: 400..599)",
                "delay:3m | delay: 3m (expected: 0s..2m)",
                "delay:soon | duration: soon (expected: 30s, 9m, PT1H)",
                "missing_field | missing_field:  (expected: a field's name)",
                "layout:v4 | layout: v4 (expected: v1, v2, v3, broken)",
                "captcha:x | captcha: x (expected: no argument)"
            })
    void wrongFaultsAreNamed(String kind, String message) {
        Reply reply = Running.post("/__sandbox/faults", Json.mapper().writeValueAsString(Map.of("kind", kind)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").asString()).startsWith(message);
    }

    private static Reply get(String token, String path) {
        return Running.get(API + path, "Authorization", "Bearer " + token);
    }

    private static JsonNode letIn() {
        String location = Running.get(
                        "/__sandbox/cafe24/hlogdemo/authorize?response_type=code&client_id=sbx-client&state=s&scope="
                                + encoded(SCOPES) + "&redirect_uri=" + encoded(RETURN_TO))
                .header("Location");
        String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
        return token("grant_type=authorization_code&code=" + code + "&redirect_uri=" + encoded(RETURN_TO))
                .json();
    }

    private static Reply refresh(String token) {
        return token("grant_type=refresh_token&refresh_token=" + token);
    }

    private static Reply token(String form) {
        JsonNode mall = Running.accounts().get("cafe24");
        String pair = mall.get("client_id").asString() + ":"
                + mall.get("client_secret").asString();
        return Running.post(
                API + "/oauth/token",
                form,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
