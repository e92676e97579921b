package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Anomalies, and what people decide about them. */
@ExtendWith(PostgresExtension.class)
class AnomaliesTest {
    private static final String FIRST = "mysql-acquirer.4.over_twice_week";
    private static final String JSON = "application/json";

    @Test
    void theyAreListedFilteredAndPaged(TestDatabase database) {
        books(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(server.ask(key, "/api/v1/anomalies?rule=over_twice_week").text())
                    .isEqualTo("{\"rows\":[{\"id\":\"" + FIRST + "\",\"account_id\":\"mysql-acquirer\",\"sale_id\":4,"
                            + "\"rule\":\"over_twice_week\",\"store_id\":51,\"sold_at\":\"2026-01-20T23:59:59.999999+09:00\","
                            + "\"sale_date\":\"2026-01-20\",\"amount_sale\":99000,\"score\":6.6,\"score_unit\":\"times\",\"expected\":15000,\"expected_unit\":\"won\","
                            + "\"evidence\":{\"factor\":2,\"week_unit_price\":15000},\"state\":\"open\",\"reviewed_by\":null,"
                            + "\"reviewed_at\":null,\"note\":null,\"first_seen_at\":\"2026-01-22T00:10:00+09:00\"}],"
                            + "\"next\":null}");
            assertThat(found(server, key, "")).containsExactly("5", "4");
            assertThat(found(server, key, "from=2026-01-21")).containsExactly("5");
            assertThat(found(server, key, "to=2026-01-20")).containsExactly("4");
            assertThat(found(server, key, "store_id=50")).isEmpty();
            assertThat(found(server, key, "state=confirmed")).isEmpty();
            JsonNode page = server.ask(key, "/api/v1/anomalies?limit=1").json();
            assertThat(found(server, key, "limit=1&cursor=" + page.get("next").asString()))
                    .containsExactly("4");
            assertThat(server.ask(key, "/api/v1/anomalies?rule=made_up")
                            .json()
                            .get("expected")
                            .asString())
                    .isEqualTo("cancellation_share, card_burst, outside_hours, over_twice_week,"
                            + " same_card_same_amount, store_hour_outlier");
        }
    }

    @Test
    void aDecisionIsKeptWithWhoAndWhenAndTheLastOneCounts(TestDatabase database) {
        books(database);
        String key = Books.key(database, "han", Books.ACME, "reviewer");
        try (Running server = Running.on(database)) {
            JsonNode kept = decide(server, key, FIRST, "{\"state\":\"confirmed\",\"note\":\"called the store\"}")
                    .json();
            assertThat(kept.get("reviewed_by").asString()).isEqualTo("han");
            assertThat(decide(server, key, FIRST, "{\"state\":\"dismissed\"}").status())
                    .isEqualTo(201);

            assertThat(found(server, key, "state=dismissed")).containsExactly("4");
            assertThat(found(server, key, "state=open")).containsExactly("5");
            assertThat(
                            database.rows(
                                    "SELECT sale_id, rule, state, reviewed_by, note FROM ops.anomaly_review ORDER BY review_id"))
                    .containsExactly(
                            "4|over_twice_week|CONFIRMED|han|called the store", "4|over_twice_week|DISMISSED|han|NULL");
        }
    }

    @Test
    void onlyAReviewerDecidesAndOnlyAboutTheTenantsOwn(TestDatabase database) {
        books(database);
        String reader = Books.key(database, "kim", Books.ACME, "reader");
        String reviewer = Books.key(database, "han", Books.ACME, "reviewer");
        String ofOneStore = Books.key(database, "park", Books.ACME, "reviewer", "ARRAY[50]");
        String wish = "{\"state\":\"confirmed\"}";
        try (Running server = Running.on(database)) {
            assertThat(decide(server, reader, FIRST, wish).json().get("detail").asString())
                    .isEqualTo("role: reader (expected: reviewer, to decide about anomalies)");
            assertThat(decide(server, reader, FIRST, wish).status()).isEqualTo(403);
            assertThat(decide(server, reviewer, "mysql-umbrella.7.over_twice_week", wish)
                            .status())
                    .isEqualTo(404);
            assertThat(decide(server, ofOneStore, FIRST, wish).status()).isEqualTo(404);
            assertThat(decide(server, reviewer, "mysql-acquirer.4.card_burst", wish)
                            .status())
                    .isEqualTo(404);
            assertThat(decide(server, reviewer, "what", wish).status()).isEqualTo(404);
            assertThat(server.ask(ofOneStore, "/api/v1/anomalies?store_id=51").status())
                    .isEqualTo(404);
            assertThat(found(server, ofOneStore, "")).isEmpty();

            assertThat(decide(server, reviewer, FIRST, "{\"state\":\"open\"}")
                            .json()
                            .get("detail")
                            .asString())
                    .isEqualTo("state: open (expected: confirmed, dismissed)");
            assertThat(decide(server, reviewer, FIRST, "[]").status()).isEqualTo(400);
            assertThat(decide(server, reviewer, FIRST, "{\"state\":\"confirmed\",\"by\":\"boss\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(server.post("/api/v1/anomalies/" + FIRST + "/state", wish, "X-API-Key", reviewer)
                            .status())
                    .isEqualTo(415);
            assertThat(database.rows("SELECT 1 FROM ops.anomaly_review")).isEmpty();
        }
    }

    /** Whatever a request may bring the server to, its role writes nothing but decisions, and changes none. */
    @Test
    void theRoleMayAddDecisionsAndNothingElse(TestDatabase database) {
        books(database);
        for (String change : List.of(
                "UPDATE ops.anomaly_review SET state = 'DISMISSED'",
                "DELETE FROM ops.anomaly_review",
                "UPDATE ops.api_key SET role = 'reviewer'",
                "INSERT INTO ops.api_key (name, key_hash, tenant_id, role) VALUES ('x', repeat('0', 64), 'acme', 'reader')",
                "DELETE FROM raw.card_sale",
                "UPDATE mart.mart_card_anomaly SET score = 0",
                "INSERT INTO raw.card_text (text_key) VALUES (1)",
                "SELECT raw_data FROM raw.card_sale",
                "SELECT 1 FROM ops.credential")) {
            assertThatThrownBy(() -> database.execute("SET ROLE jangbu_search; " + change))
                    .as(change)
                    .hasRootCauseMessage(denied(change));
        }
    }

    private static String denied(String change) {
        String object = change.contains("card_sale")
                ? "table card_sale"
                : change.contains("mart_card_anomaly")
                        ? "table mart_card_anomaly"
                        : change.contains("card_text")
                                ? "table card_text"
                                : change.contains("credential")
                                        ? "table credential"
                                        : change.contains("api_key") ? "table api_key" : "table anomaly_review";
        return "ERROR: permission denied for " + object;
    }

    private static void books(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        Books.writeAnomalies(database);
    }

    private static Running.Reply decide(Running server, String key, String id, String body) {
        return server.post("/api/v1/anomalies/" + id + "/state", body, "X-API-Key", key, "Content-Type", JSON);
    }

    private static List<String> found(Running server, String key, String filter) {
        return server.ask(key, "/api/v1/anomalies?" + filter).json().get("rows").findValuesAsString("sale_id");
    }
}
