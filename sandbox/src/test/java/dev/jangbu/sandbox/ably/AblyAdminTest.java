package dev.jangbu.sandbox.ably;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AblyAdminTest {
    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void logInLeadsToTheDashboard() {
        Reply reply = Visitor.logIn(Visitor.password());

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location")).isEqualTo("/ably/dashboard");
        assertThat(reply.header("Set-Cookie")).startsWith("ably-seller-admin-jwt-token=sbxS");
        assertThat(Visitor.letIn().get("/dashboard").body()).contains("role=\"dialog\"", "닫기");
    }

    @Test
    void fiveWrongPasswordsLock() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(Visitor.logIn("wrong").body()).contains("이메일 또는 비밀번호를 확인해주세요");
        }
        assertThat(Visitor.logIn("wrong").body()).contains("계정이 잠겼습니다");
        assertThat(Visitor.logIn(Visitor.password()).body()).contains("계정이 잠겼습니다");
    }

    @Test
    void captchaStopsAProgram() {
        Running.fault("ably", "/login", "captcha", 2, 0);

        assertThat(Running.get("/ably/login").body()).contains("name=\"captcha\"");
        assertThat(Visitor.logIn(Visitor.password()).body()).contains("자동입력 방지 문자를 입력해주세요");
        assertThat(Visitor.logIn(Visitor.password()).status()).isEqualTo(302);
    }

    @Test
    void withoutACookieThePageLeaves() {
        assertThat(Running.get("/ably/sales/order").body()).contains("data-leaving=\"true\"");
        Visitor visitor = Visitor.letIn();
        assertThat(visitor.get("/sales/order").body()).contains("data-leaving=\"false\"", "총 <b>0</b>건");
        Running.advance(Duration.ofHours(12));
        assertThat(visitor.get("/sales/order").body()).contains("data-leaving=\"true\"");
        assertThat(visitor.get("/internal/orders").status()).isEqualTo(401);
        assertThat(visitor.get("/sales/order/export").header("Location")).startsWith("/ably/login");
    }

    @ParameterizedTest
    @CsvSource({
        "layout:v2, data-layout=\"v2\"",
        "layout:broken, data-layout=\"broken\"",
        "stale_table, data-stale=\"true\"",
        "count_lies, data-lying=\"true\"",
        "late_login_redirect, data-leaving=\"true\""
    })
    void faultStrikesThePageAndNotItsScript(String kind, String attribute) {
        Running.fault("ably", "", kind, 1, 0);
        Visitor visitor = Visitor.letIn();
        visitor.get("/internal/orders?page=1&size=20");

        assertThat(visitor.get("/sales/order").body()).contains(attribute);
    }

    @Test
    void sellersOwnLayout() {
        Running.control("/accounts", Map.of("shop", "other-layout", "ably_layout", "v3"));
        JsonNode seller = Running.get("/__sandbox/accounts").json().at("/accounts/1/ably");
        String cookie = Running.post(
                        "/ably/login",
                        "email=" + seller.get("email").asString() + "&password="
                                + seller.get("password").asString(),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .header("Set-Cookie");

        assertThat(Running.get("/ably/sales/order", "Cookie", cookie).body()).contains("data-layout=\"v3\"");
    }

    @Test
    void exportHoldsThePaidRowsOfThePeriod() throws Exception {
        String csv = Visitor.letIn()
                .get("/sales/order/export?format=csv&from=2026-02-01&to=2026-02-20")
                .body();
        JsonNode truth = Running.truth("orders?basis=paid&channel=ably&from=2026-02-01&to=2026-02-20")
                .get("rows");

        assertThat(csv).startsWith("\uFEFF결제일,상품주문번호,주문번호,상품명,옵션,수량,결제금액,주문자,연락처,주문상태,택배사,송장번호\r\n");
        Set<String> ids = new LinkedHashSet<>();
        Matcher row = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d,(\\d+),")
                .matcher(csv);
        while (row.find()) {
            ids.add(row.group(1));
        }
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(truth.valueStream()
                        .map(one -> one.get("item_id").asString())
                        .toList());
        String sheet = sheet(Visitor.letIn().download("/sales/order/export?from=2026-02-01&to=2026-02-20"));
        assertThat(sheet.split("<row ", -1)).hasSize(ids.size() + 2);
        assertThat(sheet).contains(ids);
    }

    @Test
    void rowsAndCountAgreeOverAllPages() {
        Running.reset("paging");
        Running.setClock("2026-03-05T09:00:00+09:00");
        Visitor visitor = Visitor.letIn();
        String query = "/internal/orders?size=100&from=2026-02-20&to=2026-03-05&page=";
        int count = visitor.get(query + 1).json().get("count").asInt();
        Set<String> ids = new LinkedHashSet<>();
        for (int page = 1; page <= (count + 99) / 100; page++) {
            visitor.get(query + page)
                    .json()
                    .get("rows")
                    .forEach(row -> ids.add(row.get(1).asString()));
        }

        assertThat(count).isGreaterThan(2_300);
        assertThat(ids).hasSize(count);
        assertThat(visitor.get("/internal/orders?size=30").status()).isEqualTo(400);
    }

    private static String sheet(byte[] workbook) throws Exception {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && !entry.getName().equals("xl/worksheets/sheet1.xml")) {
                entry = zip.getNextEntry();
            }
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
