package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What holds for every route: the document that tells of it, what it refuses, and how. */
@ExtendWith(PostgresExtension.class)
class RoutesTest {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    @Test
    void theDocumentTellsOfEveryRouteAndEveryParameter(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reviewer");
        try (Running server = Running.on(database)) {
            JsonNode document = YAML.readTree(server.get("/api/v1/openapi.yaml").text());

            Set<String> told = new TreeSet<>();
            document.get("paths").properties().forEach(path -> path.getValue()
                    .propertyNames()
                    .forEach(method -> told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
            assertThat(told).isEqualTo(programRoutes(server));

            document.get("paths").properties().forEach(path -> {
                JsonNode get = path.getValue().path("get");
                if (!get.isMissingNode() && !path.getKey().endsWith(".yaml")) {
                    assertThat(server.ask(key, path.getKey().replace("{id}", "50") + "?made_up=1")
                                    .json()
                                    .get("expected")
                                    .asString())
                            .as(path.getKey())
                            .isEqualTo(String.join(", ", parameters(document, get)));
                }
            });
        }
    }

    @Test
    void theDocumentTellsOfEveryField(TestDatabase database) {
        Books.write(database);
        Books.writeSales(database);
        Books.writeAnomalies(database);
        String key = Books.key(database, "kim", Books.ACME, "reviewer");
        try (Running server = Running.on(database)) {
            JsonNode schemas = YAML.readTree(server.get("/api/v1/openapi.yaml").text())
                    .get("components")
                    .get("schemas");
            Map<String, String> rows = Map.of(
                    "UnitPrice", "/api/v1/unit-prices?date=2026-01-20",
                    "WeeklyUnitPrice", "/api/v1/stores/50/weekly-unit-prices",
                    "Sale", "/api/v1/sales",
                    "Anomaly", "/api/v1/anomalies");
            rows.forEach((schema, path) -> assertThat(
                            names(server.ask(key, path).json().get("rows").get(0)))
                    .as(schema)
                    .isEqualTo(names(schemas.get(schema).get("properties"))));
        }
    }

    @Test
    void whatCannotBeAskedIsRefusedByNameValueAndWhatWasExpected(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        try (Running server = Running.on(database)) {
            assertThat(detail(server, key, "/api/v1/unit-prices"))
                    .isEqualTo("date: none (expected: a date such as 2026-01-15)");
            assertThat(detail(server, key, "/api/v1/unit-prices?date=2026-02-30"))
                    .isEqualTo("date: 2026-02-30 (expected: a date such as 2026-01-15)");
            assertThat(detail(server, key, "/api/v1/unit-prices?date=2026-01-20&date=2026-01-21"))
                    .isEqualTo("date: 2026-01-20, 2026-01-21 (expected: it once)");
            assertThat(detail(server, key, "/api/v1/unit-prices?date=2026-01-20&store_id=five"))
                    .isEqualTo("store_id: five (expected: a whole number such as 50)");
            assertThat(detail(server, key, "/api/v1/unit-prices?date=2026-01-20&limit=1001"))
                    .isEqualTo("limit: 1001 (expected: 1..1000)");
            assertThat(detail(server, key, "/api/v1/unit-prices?date=2026-01-20&cursor=nonsense"))
                    .isEqualTo("cursor: nonsense (expected: the cursor of an answer to the same filters)");
            assertThat(detail(server, key, "/search-unitprice?date=2026-01-20"))
                    .isEqualTo("date: 2026-01-20 (expected: a date such as 20260115)");
            assertThat(detail(server, key, "/api/v1/sales?from=2026-01-21&to=2026-01-20"))
                    .isEqualTo("to: 2026-01-20 (expected: 2026-01-21 or later)");
            assertThat(detail(server, key, "/api/v1/sales?min=2000&max=1000"))
                    .isEqualTo("max: 1000 (expected: 2000 or more)");
            assertThat(detail(server, key, "/api/v1/sales?card=5310-12**-****-3456"))
                    .isEqualTo(
                            "card: 5310-12**-****-3456 (expected: a card_key of 64 hexadecimal digits, or with store_id"
                                    + " a masked number such as 5310-12**-****-3456)");
            assertThat(detail(server, key, "/api/v1/sales?q=" + "x".repeat(201)))
                    .isEqualTo("q: " + "x".repeat(100) + "… (expected: text of at most 200 characters)");
            assertThat(server.ask(key, "/api/v1/nothing").status()).isEqualTo(404);
            assertThat(server.post("/api/v1/sales", "", "X-API-Key", key).status())
                    .isEqualTo(405);
            assertThat(server.ask(key, "/api/v1/sales?q=" + "x".repeat(9_000)).status())
                    .isEqualTo(400);
            assertThat(server.post(
                                    "/api/v1/anomalies/a1.1.card_burst/state",
                                    "x".repeat(20_000),
                                    "X-API-Key",
                                    key,
                                    "Content-Type",
                                    "application/json")
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void everyAnswerForbidsWhatABrowserNeedNotDo(TestDatabase database) {
        try (Running server = Running.on(database)) {
            for (String path : List.of("/login", "/api/v1/sales", "/nothing", "/style.css")) {
                Running.Reply reply = server.get(path);
                assertThat(reply.header("content-security-policy"))
                        .as(path)
                        .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                                + " base-uri 'none'; frame-ancestors 'none'");
                assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
                assertThat(reply.header("x-frame-options")).isEqualTo("DENY");
                assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
            }
        }
    }

    @Test
    void aCallerThatAsksTooOftenIsToldToWait(TestDatabase database) {
        Books.write(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        String other = Books.key(database, "lee", Books.OTHER, "reader");
        try (Running server = Running.on(database, Map.of("JANGBU_SEARCH_REQUESTS", "1"))) {
            List<Integer> statuses = new ArrayList<>();
            Running.Reply last = server.ask(key, "/search-unitprice?date=20260120");
            while (last.status() == 200 && statuses.size() < 100) {
                statuses.add(last.status());
                last = server.ask(key, "/search-unitprice?date=20260120");
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.header("retry-after")).isEqualTo("1");
            assertThat(server.ask(other, "/search-unitprice?date=20260120").status())
                    .isEqualTo(200);
        }
    }

    private static Set<String> programRoutes(Running server) {
        Set<String> routes = new TreeSet<>();
        server.server()
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(route -> route.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/") || path.startsWith("/search-"))
                        .forEach(path -> route.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + path))));
        return routes;
    }

    private static List<String> parameters(JsonNode document, JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter =
                    each.has("$ref") ? document.at(each.get("$ref").asString().substring(1)) : each;
            if (parameter.get("in").asString().equals("query")) {
                names.add(parameter.get("name").asString());
            }
        }
        return names;
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    private static String detail(Running server, String key, String path) {
        Running.Reply reply = server.ask(key, path);
        assertThat(reply.status()).as(path).isEqualTo(400);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        return reply.json().get("detail").asString();
    }
}
