package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unit prices by day and week, over real HTTP and a real database. */
@ExtendWith(PostgresExtension.class)
class UnitPricesTest {
    @Test
    void aDayOfATenantsStoresInPagesAndAsCsv(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            Running.Reply day = server.ask(key, "/api/v1/unit-prices?date=2026-01-20&limit=2");

            assertThat(day.text())
                    .startsWith("{\"rows\":["
                            + "{\"account_id\":\"mysql-acquirer\",\"store_id\":50,\"sale_date\":\"2026-01-20\",\"unit_price\":15000,"
                            + "\"total_sale\":120000,\"payment_count\":8,\"canceled_count\":1,\"canceled_amount\":9000,"
                            + "\"distinct_cards\":7},"
                            + "{\"account_id\":\"mysql-acquirer\",\"store_id\":51,\"sale_date\":\"2026-01-20\",\"unit_price\":null,"
                            + "\"total_sale\":0,\"payment_count\":0,\"canceled_count\":2,\"canceled_amount\":30000,"
                            + "\"distinct_cards\":0}],\"next\":\"");
            String next = day.json().get("next").asString();
            assertThat(day.header("link"))
                    .isEqualTo("</api/v1/unit-prices?date=2026-01-20&limit=2&cursor=" + next + ">; rel=\"next\"");

            Running.Reply rest = server.get(
                    "/api/v1/unit-prices?date=2026-01-20&limit=2&cursor=" + next,
                    "X-API-Key",
                    key,
                    "Accept",
                    "text/csv");

            assertThat(rest.header("content-type")).isEqualTo("text/csv;charset=UTF-8");
            assertThat(rest.header("link")).isEmpty();
            assertThat(rest.text())
                    .isEqualTo("account_id,store_id,sale_date,unit_price,total_sale,payment_count,canceled_count,"
                            + "canceled_amount,distinct_cards\r\n"
                            + "mysql-acquirer,70,2026-01-20,5000.5,10001,2,0,0,2\r\n");
        }
    }

    @Test
    void theWeeksOfAStoreAndTheRoutesOfTheEarlierSystem(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            String weeks = server.ask(key, "/api/v1/stores/50/weekly-unit-prices?from=2026-01-21&to=2026-01-31")
                    .text();

            String second =
                    "{\"account_id\":\"mysql-acquirer\",\"store_id\":50,\"sale_date\":\"2026-01-21\",\"start_date\":\"2026-01-14\","
                            + "\"end_date\":\"2026-01-20\",\"week_unit_price\":14400,\"total_sale\":720000,\"payment_count\":50,\"is_unknown\":false}";
            assertThat(weeks).isEqualTo("{\"rows\":[" + second + "],\"next\":null}");
            assertThat(server.ask(key, "/search-weekaov?store_id=50").json().size())
                    .isEqualTo(2);
            assertThat(server.ask(key, "/search-weekaov?store_id=50").text()).endsWith("," + second + "]");
            assertThat(server.ask(key, "/search-unitprice?date=20260120").json().findValuesAsString("store_id"))
                    .containsExactly("50", "51", "70");
        }
    }

    @Test
    void anotherTenantsStoreIsNotThere(TestDatabase database) {
        Books.write(database);
        String acme = Books.key(database, "kim", Books.ACME, "reader");
        String other = Books.key(database, "lee", Books.OTHER, "reader");
        String one = Books.key(database, "park", Books.ACME, "reader", "ARRAY[51]");
        try (Running server = Running.on(database)) {
            assertThat(server.ask(acme, "/api/v1/stores/60/weekly-unit-prices").text())
                    .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not found\",\"status\":404,"
                            + "\"detail\":\"store_id: 60 (expected: a store of acme)\",\"name\":\"store_id\",\"value\":\"60\","
                            + "\"expected\":\"a store of acme\"}");
            assertThat(server.ask(acme, "/api/v1/unit-prices?date=2026-01-20&store_id=60")
                            .status())
                    .isEqualTo(404);
            assertThat(server.ask(acme, "/search-weekaov?store_id=60").status()).isEqualTo(404);
            assertThat(server.ask(other, "/api/v1/stores/50/weekly-unit-prices").status())
                    .isEqualTo(404);
            // The number is the same, the store is not.
            assertThat(server.ask(other, "/api/v1/stores/70/weekly-unit-prices")
                            .json()
                            .get("rows")
                            .findValuesAsString("account_id"))
                    .containsExactly("mysql-umbrella");
            assertThat(server.ask(other, "/search-unitprice?date=20260120")
                            .json()
                            .findValuesAsString("unit_price"))
                    .containsExactly("7000", "9000");
            assertThat(server.ask(one, "/api/v1/stores/50/weekly-unit-prices").status())
                    .isEqualTo(404);
            assertThat(server.ask(one, "/api/v1/unit-prices?date=2026-01-20")
                            .json()
                            .get("rows")
                            .findValuesAsString("store_id"))
                    .containsExactly("51");
        }
    }

    @Test
    void onlyAKeyThatIsNotRevokedOpens(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(server.ask(key, "/api/v1/unit-prices?date=2026-01-20").status())
                    .isEqualTo(200);
            Running.Reply unknown = server.get("/api/v1/unit-prices?date=2026-01-20");
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.header("content-type")).isEqualTo("application/problem+json");
            assertThat(server.ask("jangbu_made-up", "/search-unitprice?date=20260120")
                            .status())
                    .isEqualTo(401);

            database.execute("UPDATE ops.api_key SET revoked_at = CLOCK_TIMESTAMP()");

            assertThat(server.ask(key, "/api/v1/unit-prices?date=2026-01-20").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatIsKnownIsNotSentAgain(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            String path = "/api/v1/unit-prices?date=2026-01-20";
            String tag = server.ask(key, path).header("etag");

            Running.Reply again = server.get(path, "X-API-Key", key, "If-None-Match", tag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();

            database.execute("UPDATE mart.mart_store_daily_spend SET distinct_cards = 6 WHERE store_id = 50");
            Running.Reply changed = server.get(path, "X-API-Key", key, "If-None-Match", tag);
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.header("etag")).isNotEqualTo(tag);
        }
    }
}
