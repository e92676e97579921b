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
