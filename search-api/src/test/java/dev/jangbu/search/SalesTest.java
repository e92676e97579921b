package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.Characters;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The search over card sales. */
@ExtendWith(PostgresExtension.class)
class SalesTest {
    private static final String CARD_A = "a".repeat(64);

    @Test
    void eachFilterFindsWhatItSays(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(found(server, key, "")).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
            assertThat(found(server, key, "store_id=50")).containsExactly(3L, 2L, 1L);
            assertThat(found(server, key, "from=2026-01-20&to=2026-01-20")).containsExactly(4L, 3L, 2L, 1L);
            assertThat(found(server, key, "from=2026-01-21")).containsExactly(6L, 5L);
            assertThat(found(server, key, "card=" + CARD_A)).containsExactly(2L, 1L);
            assertThat(found(server, key, "card=5310-12**-****-3456&store_id=51"))
                    .containsExactly(5L, 4L);
            assertThat(found(server, key, "company=" + text("국민카드"))).containsExactly(4L, 3L);
            assertThat(found(server, key, "company=" + text("없는카드"))).isEmpty();
            assertThat(found(server, key, "min=45000&max=99000")).containsExactly(4L, 3L);
            assertThat(found(server, key, "canceled=true")).containsExactly(3L);
            assertThat(found(server, key, "canceled=false&store_id=50")).containsExactly(2L, 1L);
        }
    }

    @Test
    void aTextIsFoundInAnyOfItsPlacesAndIsNeverMoreThanText(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(found(server, key, "q=" + text("재결제"))).containsExactly(2L);
            assertThat(found(server, key, "q=" + text("결제"))).containsExactly(2L);
            assertThat(found(server, key, "q=" + text("lunch Corporate"))).containsExactly(5L);
            assertThat(found(server, key, "q=" + text("BC카드"))).containsExactly(6L, 5L);
            assertThat(found(server, key, "q=" + text("취소"))).containsExactly(3L);
            assertThat(found(server, key, "q=3001")).containsExactly(2L, 1L);
            assertThat(found(server, key, "q=30010002")).containsExactly(2L);
            assertThat(found(server, key, "q=" + text("100% 할인_"))).containsExactly(4L);
            assertThat(found(server, key, "q=" + text("%"))).containsExactly(4L);
            assertThat(found(server, key, "q=" + text("_"))).containsExactly(4L);
            for (String sql : List.of(
                    "' OR 1=1 --",
                    "'; DROP TABLE raw.card_sale; --",
                    "\\'; DELETE FROM ops.api_key; --",
                    "$$; SELECT pg_sleep(10); $$",
                    "재결제' UNION SELECT * FROM ops.credential --",
                    ":* & ! ( | <->")) {
                assertThat(found(server, key, "q=" + text(sql))).as(sql).isEmpty();
                assertThat(found(server, key, "company=" + text(sql))).as(sql).isEmpty();
            }
            assertThat(found(server, key, "")).hasSize(6);
        }
    }

    /** Korean words are short, and a file may have its letters in pieces, as a Mac writes them, or of double width. */
    @Test
    void partsOfWordsAreFoundByAnIndexWhateverTheCharacterTypeIs(
            @Characters(Characters.Type.C) TestDatabase ascii,
            @Characters(Characters.Type.LIBRARY) TestDatabase library,
            @Characters(Characters.Type.BUILTIN) TestDatabase builtin)
            throws SQLException {
        for (TestDatabase database : List.of(ascii, library, builtin)) {
            Books.write(database);
            Books.writeSales(database);
            database.execute("UPDATE raw.card_sale SET remark = '단체예약 2건, 김밥·라면' WHERE sale_id = 1");
            database.execute("UPDATE raw.card_sale SET remark = '"
                    + Normalizer.normalize("㈜한빛 CAFÉ ＡＢＣ", Normalizer.Form.NFD) + "' WHERE sale_id = 6");
            String key = Books.key(database, "kim", Books.ACME, "reader");
            try (Running server = Running.on(database)) {
                for (String part : List.of("단", "단체", "체예", "체예약", "예약 단체", "2건", "라면", "김밥 신한", "단체예약 2건, 김밥·라면")) {
                    assertThat(found(server, key, "q=" + text(part))).as(part).containsExactly(1L);
                }
                for (String part : List.of("빛", "한빛", "(주)한빛", "㈜", "é", "É", "café", "afÉ", "abc", "ＢＣ 한")) {
                    assertThat(found(server, key, "q=" + text(part))).as(part).contains(6L);
                }
                assertThat(found(server, key, "q=" + text("약단"))).isEmpty();
                assertThat(found(server, key, "q=" + text("단체 없음"))).isEmpty();
                assertThat(found(server, key, "q=" + text("카"))).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
            }
            assertThat(plan(database, "체예")).contains("Bitmap Index Scan on card_text_coded");
        }
    }

    /** More texts than are gone through one by one. */
    @Test
    void whatManyTextsHoldIsFoundInAnyOrderOfItsWords(TestDatabase database) {
        Books.write(database);
        database.execute("""
                SET jangbu.run_id = 'test';
                SELECT ops.make_card_sale_part('mysql-acquirer');
                INSERT INTO raw.card_sale (account_id, sale_id, remark, amount_sale, is_canceled, sold_at, store_id, sale_date,
                    source_hash, observed_at)
                SELECT 'mysql-acquirer', n, 'Corporate ' || n || CASE WHEN n % 2 = 0 THEN ' lunch' ELSE '' END, 1000, FALSE,
                    '2026-01-22 00:00+09'::TIMESTAMPTZ + n * interval '1 second', 70, '2026-01-22', repeat('0', 64),
                    '2026-01-31 00:00+09'
                FROM generate_series(1, 1000) AS n""");
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(found(server, key, "limit=1000&q=" + text("lunch corporate")))
                    .hasSize(500)
                    .startsWith(1000L, 998L);
            assertThat(found(server, key, "limit=1000&q=" + text("unc"))).hasSize(500);
            assertThat(found(server, key, "limit=1000&q=" + text("rate 99"))).hasSize(19);
        }
    }

    /** Of a lookup, where the dictionary is not read from end to end for its being so small. */
    private static String plan(TestDatabase database, String typed) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet line = statement.executeQuery("EXPLAIN SELECT text_key FROM raw.card_text"
                    + " WHERE raw.coded_text(whole) LIKE raw.card_text_longest('" + typed + "')")) {
                while (line.next()) {
                    plan.append(line.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    @Test
    void pagesJoinToTheWholeWhateverTheFilter(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            for (String filter : List.of("", "store_id=50", "q=" + text("승인"), "card=" + CARD_A, "canceled=false")) {
                assertThat(pages(server, key, filter)).as(filter).isEqualTo(found(server, key, filter));
            }
            String cursor =
                    server.ask(key, "/api/v1/sales?limit=1").json().get("next").asString();
            assertThat(server.ask(key, "/api/v1/sales?limit=1&store_id=50&cursor=" + cursor)
                            .json()
                            .get("expected")
                            .asString())
                    .isEqualTo("the cursor of an answer to the same filters");
        }
    }

    /** More rows than one walk looks at, and a match only at the far end. */
    @Test
    void whatIsRareIsFoundBehindManyRows(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        database.execute("""
                SET jangbu.run_id = 'test';
                INSERT INTO raw.card_sale (account_id, sale_id, num_approval, card_company, amount_sale, is_canceled, sold_at,
                    store_id, result_msg, sale_date, source_hash, observed_at)
                SELECT 'mysql-acquirer', 1000 + n, 'N' || n, '현대카드', 1000, FALSE, '2026-01-22 00:00+09'::TIMESTAMPTZ + n * interval '1 second',
                    70, '정상 승인', '2026-01-22', repeat('0', 64), '2026-01-31 00:00+09'
                FROM generate_series(1, 40000) AS n""");
        database.execute("ANALYZE raw.card_sale");
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(found(server, key, "q=" + text("재결제"))).containsExactly(2L);
            assertThat(found(server, key, "q=30010002")).containsExactly(2L);
            assertThat(found(server, key, "company=" + text("국민카드"))).containsExactly(4L, 3L);
            // No index leads to a sum: the first page says that it went through some, and where to go on.
            JsonNode first = server.ask(key, "/api/v1/sales?min=150000").json();
            assertThat(first.get("rows").size()).isZero();
            assertThat(first.get("next").isNull()).isFalse();
            assertThat(pages(server, key, "min=150000")).containsExactly(5L);
        }
    }

    @Test
    void eachTenantSeesItsOwn(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        String other = Books.key(database, "lee", Books.OTHER, "reader");
        String one = Books.key(database, "park", Books.ACME, "reader", "ARRAY[51, 70]");
        try (Running server = Running.on(database)) {
            assertThat(found(server, other, "")).containsExactly(8L, 7L);
            assertThat(found(server, other, "q=" + text("재결제"))).containsExactly(7L);
            assertThat(found(server, other, "q=3001")).containsExactly(8L, 7L);
            assertThat(found(server, other, "card=" + CARD_A)).containsExactly(8L);
            assertThat(found(server, other, "store_id=70")).containsExactly(8L);
            assertThat(server.ask(other, "/api/v1/sales?store_id=50").status()).isEqualTo(404);
            assertThat(found(server, one, "")).containsExactly(6L, 5L, 4L);
            assertThat(found(server, one, "card=" + CARD_A)).isEmpty();
            assertThat(server.ask(one, "/api/v1/sales?store_id=50").status()).isEqualTo(404);
        }
    }

    @Test
    void aRowTellsAllButWhatTheTerminalSaid(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(server.ask(key, "/api/v1/sales?q=40010004").text())
                    .isEqualTo("{\"rows\":[{\"account_id\":\"mysql-acquirer\",\"sale_id\":4,\"store_id\":51,"
                            + "\"sold_at\":\"2026-01-20T23:59:59.999999+09:00\",\"sale_date\":\"2026-01-20\",\"amount_sale\":99000,"
                            + "\"amount_fee\":null,\"amount_deposit\":null,\"is_canceled\":false,\"card_company\":\"국민카드\","
                            + "\"card_category\":null,\"card_number\":\"5310-12**-****-3456\",\"card_key\":\""
                            + "b".repeat(64)
                            + "\",\"num_approval\":\"40010004\",\"remark\":\"100% 할인_쿠폰\",\"result_code\":\"0000\","
                            + "\"result_msg\":\"정상 승인\",\"platform\":null,\"detail_status\":null,\"processing_status\":null,"
                            + "\"will_deposited_at\":null,\"modified\":null}],\"next\":null}");
        }
    }

    private static List<Long> found(Running server, String key, String filter) {
        return ids(server.ask(key, "/api/v1/sales?" + filter).json());
    }

    private static List<Long> pages(Running server, String key, String filter) {
        List<Long> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    server.ask(key, "/api/v1/sales?limit=1&" + filter + cursor).json();
            all.addAll(ids(page));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        return all;
    }

    private static List<Long> ids(JsonNode page) {
        return page.get("rows")
                .valueStream()
                .map(row -> row.get("sale_id").asLong())
                .toList();
    }

    private static String text(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
