package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser would send and must not get away with. */
@ExtendWith(PostgresExtension.class)
class PageTest {
    private static final Pattern FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern ALERT = Pattern.compile("role=\"alert\">([^<]+)<");
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void aSessionHoldsNoKeyAndEndsWithIt(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(server.get("/").header("location")).isEqualTo("/login");
            assertThat(logIn(server, "jangbu_made-up").status()).isEqualTo(401);

            Running.Reply entered = logIn(server, key);
            String cookie = cookie(entered, "jangbu=");
            assertThat(entered.status()).isEqualTo(303);
            assertThat(entered.whole().headers().allValues("set-cookie").toString())
                    .contains("HttpOnly", "SameSite=Strict")
                    .doesNotContain(key);
            assertThat(server.get("/", "Cookie", cookie).text()).contains("<b>카드 매출</b>", "kim · acme", "20,000원");
            assertThat(server.get("/stores/60", "Cookie", cookie).status()).isEqualTo(404);
            assertThat(server.get("/sales?store_id=60", "Cookie", cookie).status())
                    .isEqualTo(404);
            // The cookie is for pages: it opens nothing for programs.
            assertThat(server.get("/api/v1/sales", "Cookie", cookie).status()).isEqualTo(401);

            database.execute("UPDATE ops.api_key SET revoked_at = CLOCK_TIMESTAMP()");

            assertThat(server.get("/", "Cookie", cookie).header("location")).isEqualTo("/login");
        }
    }

    @Test
    void aFormFromElsewhereDecidesNothing(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        Books.writeAnomalies(database);
        String key = Books.key(database, "han", Books.ACME, "reviewer");
        String path = "/anomalies/mysql-acquirer.4.over_twice_week/state";
        try (Running server = Running.on(database)) {
            String cookie = cookie(logIn(server, key), "jangbu=");
            assertThat(server.post(path, "state=confirmed", "Cookie", cookie, "Content-Type", FORM)
                            .status())
                    .isEqualTo(403);
            assertThat(database.rows("SELECT 1 FROM ops.anomaly_review")).isEmpty();

            Running.Reply list = server.get("/anomalies?rule=over_twice_week", "Cookie", cookie);
            Running.Reply decided = server.post(
                    path,
                    "state=confirmed&back-rule=over_twice_week&_csrf=" + field(list),
                    "Cookie",
                    cookie + "; " + cookie(list, "jangbu-form="),
                    "Content-Type",
                    FORM);

            assertThat(decided.status()).as(decided.text()).isEqualTo(303);
            assertThat(decided.header("location"))
                    .isEqualTo("/anomalies?rule=over_twice_week#a-mysql-acquirer-4-over_twice_week");
            assertThat(database.rows("SELECT sale_id, state, reviewed_by FROM ops.anomaly_review"))
                    .containsExactly("4|CONFIRMED|han");
        }
    }

    @Test
    void textOfTheSourceIsShownAndNotRun(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        database.execute("UPDATE raw.card_sale SET remark = '<script>alert(1)</script>\u202egnp' WHERE sale_id = 6");
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            String cookie = cookie(logIn(server, key), "jangbu=");

            String page = server.get("/sales?q=%3Cscript%3E", "Cookie", cookie).text();

            assertThat(page)
                    .contains("value=\"&lt;script&gt;\"", "<td>&lt;script&gt;alert(1)&lt;/script&gt;□gnp</td>")
                    .doesNotContain("<script");
        }
    }

    @Test
    void eachFigureOfAnAnomalyHasItsUnitAndEvidenceItsOrder(TestDatabase database) {
        Books.write(database);
        database.execute("""
                INSERT INTO mart.mart_card_anomaly (sale_date, tenant_id, account_id, sale_id, rule, store_id, sold_at,
                    amount_sale, score, expected, evidence) VALUES
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9001, 'same_card_same_amount', 50, '2026-01-28 12:31:02+09', 12000,
                        4, 2, '{"nth": 4, "sales": [18997, 19001], "first_sold_at": "2026-01-27T15:10:11Z", "in_a_row": 3}'),
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9002, 'store_hour_outlier', 50, '2026-01-28 13:02+09', 98000,
                        5.1234, 21000, '{"threshold": 4, "median_amount": 21000.00, "hour": 13}'),
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9003, 'card_burst', 50, '2026-01-28 14:02+09', 33000, 5, 2,
                        '{"stores": 4, "minutes": 10, "made_up": 7}'),
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9004, 'cancellation_share', 51, '2026-01-28 15:02+09', 43000,
                        4.7111, 1.3044, '{"sales": 41, "usual_share": 0.0318, "cancellations": 7}'),
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9005, 'outside_hours', 51, '2026-01-28 03:40+09', 150000, 7, 10,
                        '{"usual_hours": [10, 11, 12, 17, 19, 20]}'),
                    ('2026-01-28', 'acme', 'mysql-acquirer', 9006, 'over_twice_week', 51, '2026-01-28 20:40+09', 1250000, 6.6,
                        189393.94, '{"factor": 2, "week_unit_price": 189393.94, "is_canceled": false}')""");
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            String cookie = cookie(logIn(server, key), "jangbu=");
            String page = server.get("/anomalies", "Cookie", cookie)
                    .text()
                    .replaceAll("</dt><dd>", " ")
                    .replaceAll("<[^>]+>", "|")
                    .replaceAll("[|]+", "|");

            assertThat(page)
                    .contains("점수 4번째 · 평소 2건까지 · ")
                    .contains("|연속 몇 번째 4번째|거래 18997, 19001|첫 거래 2026-01-28 00:10:11|기준 횟수 3번|")
                    .contains("점수 5.12σ · 평소 21,000원 · ", "|시각 13시|같은 시간대 중앙값 21,000원|기준 점수 4σ|")
                    .contains("점수 5건 · 평소 2건까지 · ", "|가맹점 4곳|기준 시간 10분|made_up 7|")
                    .contains("점수 4.71σ · 평소 1.3건 · ", "|취소 수 7건|거래 41건|평소 취소 비율 3.18%|")
                    .contains("점수 7시간 · 평소 10시 · ", "|평소 영업 시간 10–12시, 17시, 19–20시|")
                    .contains("점수 6.6배 · 평소 189,394원 · ", "|취소된 거래 아니요|앞 7일 객단가 189,394원|기준 배수 2배|");
        }
    }

    @Test
    void whatIsWrongIsToldInTheWordsOfThePage(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            String cookie = cookie(logIn(server, key), "jangbu=");
            assertThat(alert(server, cookie, "/anomalies?from=2026-02-30"))
                    .isEqualTo("부터 «2026-02-30»: 2026-01-15 같은 날짜를 넣어 주세요.");
            assertThat(alert(server, cookie, "/sales?store_id=60")).isEqualTo("가맹점 «60»: 볼 수 있는 가맹점 가운데 없습니다.");
            assertThat(alert(server, cookie, "/sales?min=2000&max=1,000")).isEqualTo("최대 금액 «1000»: 2000 이상을 넣어 주세요.");
            assertThat(alert(server, cookie, "/anomalies?rule=none"))
                    .as("what has no words of the page is told as programs are told")
                    .startsWith("rule: none (expected: cancellation_share, ");
        }
    }

    private static String alert(Running server, String cookie, String path) {
        Matcher told = ALERT.matcher(server.get(path, "Cookie", cookie).text());
        assertThat(told.find()).as(path).isTrue();
        return told.group(1);
    }

    private static Running.Reply logIn(Running server, String key) {
        Running.Reply form = server.get("/login");
        return server.post(
                "/login",
                "key=" + key + "&_csrf=" + field(form),
                "Cookie",
                cookie(form, "jangbu-form="),
                "Content-Type",
                FORM);
    }

    private static String field(Running.Reply page) {
        Matcher field = FIELD.matcher(page.text());
        assertThat(field.find()).isTrue();
        return field.group(1);
    }

    private static String cookie(Running.Reply reply, String name) {
        List<String> cookies = reply.whole().headers().allValues("set-cookie");
        return cookies.stream()
                .filter(cookie -> cookie.startsWith(name))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElse("");
    }
}
