package dev.jangbu.sandbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RunReportTest {
    private static final List<String> TRAFFIC =
            List.of("date", "sessionDefaultChannelGroup", "sessionSource", "sessionMedium");

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @Test
    void trafficSumsToTheTruth() {
        JsonNode report = Reader.letIn()
                .report(request(
                        "2026-02-01",
                        "2026-02-20",
                        TRAFFIC,
                        List.of("sessions", "ecommercePurchases", "purchaseRevenue"),
                        ""))
                .json();
        JsonNode days = Running.truth("traffic?from=2026-02-01&to=2026-02-20").get("days");

        assertThat(report.get("rowCount").asInt())
                .isEqualTo(report.get("rows").size())
                .isEqualTo(20 * 9);
        assertThat(sum(report, 0)).isEqualTo(sum(days, "sessions"));
        assertThat(sum(report, 1)).isEqualTo(sum(days, "purchases")).isPositive();
        assertThat(sum(report, 2)).isEqualTo(sum(days, "revenue")).isPositive();
        assertThat(report.get("metadata").toString())
                .isEqualTo("{\"currencyCode\":\"KRW\",\"timeZone\":\"Asia/Seoul\"}");
        assertThat(report.at("/metricHeaders/2/type").asString()).isEqualTo("TYPE_CURRENCY");
    }

    @Test
    void nineInTenOwnOrdersAreTransactions() {
        JsonNode report = Reader.letIn()
                .report(request(
                        "2026-01-01",
                        "2026-02-20",
                        List.of("date", "transactionId"),
                        List.of("ecommercePurchases"),
                        ""))
                .json();
        Set<String> paid = Running.truth("orders?basis=ordered&channel=cafe24&from=2026-01-01&to=2026-02-20")
                .get("rows")
                .valueStream()
                .filter(row -> row.get("is_ever_paid").asBoolean())
                .filter(row -> !row.get("place").asString().equals("shopn"))
                .map(row -> row.get("order_id").asString())
                .collect(Collectors.toSet());
        Set<String> tracked = report.get("rows")
                .valueStream()
                .map(row -> row.at("/dimensionValues/1/value").asString())
                .collect(Collectors.toSet());

        assertThat(paid).containsAll(tracked);
        assertThat(tracked.size()).isBetween(paid.size() * 80 / 100, paid.size() * 97 / 100);
    }

    @Test
    void itemsHaveTheirOwnReport() {
        JsonNode report = Reader.letIn()
                .report(request(
                        "2026-02-10",
                        "2026-02-10",
                        List.of("date", "itemId", "itemName"),
                        List.of("itemsViewed", "itemsAddedToCart", "itemsPurchased", "itemRevenue"),
                        ""))
                .json();

        assertThat(report.get("rows").size()).isPositive();
        assertThat(sum(report, 2)).isPositive();
    }

    @Test
    void aQuarterOfAMillionRowsComeInPages() {
        Running.reset("paging");
        Running.setClock("2026-03-05T09:00:00+09:00");
        Reader reader = Reader.letIn();
        Set<String> sources = new HashSet<>();
        long sessions = 0;
        int pages = 0;
        for (int offset = 0; offset < Traffic.WIDE_ROWS; offset += 250_000) {
            JsonNode page = reader.report(request(
                            "2026-03-01",
                            "2026-03-01",
                            TRAFFIC,
                            List.of("sessions"),
                            ",\"limit\":\"250000\",\"offset\":\"" + offset + "\""))
                    .json();
            assertThat(page.get("rowCount").asInt()).isEqualTo(Traffic.WIDE_ROWS);
            assertThat(page.at("/metadata/dataLossFromOtherRow").asBoolean()).isTrue();
            for (JsonNode row : page.get("rows")) {
                sources.add(row.get("dimensionValues").toString());
            }
            sessions += sum(page, 0);
            pages++;
        }

        assertThat(pages).isEqualTo(2);
        assertThat(sources).hasSize(Traffic.WIDE_ROWS);
        assertThat(sessions)
                .isEqualTo(sum(
                        Running.truth("traffic?from=2026-03-01&to=2026-03-01").get("days"), "sessions"));
    }

    @Test
    void figuresSettleOverTwoDays() {
        String request = request("2026-03-01", "2026-03-01", List.of("date"), List.of("sessions"), "");
        long first = sum(Reader.letIn().report(request).json(), 0);
        Running.advance(Duration.ofDays(2));
        long settled = sum(Reader.letIn().report(request).json(), 0);
        Running.advance(Duration.ofDays(2));

        assertThat(first).isLessThan(settled);
        assertThat(sum(Reader.letIn().report(request).json(), 0)).isEqualTo(settled);
    }

    @Test
    void pagesWithoutAnOrderAreNotStable() {
        Reader reader = Reader.letIn();
        String plain = request("2026-02-10", "2026-02-20", TRAFFIC, List.of("sessions"), "")
                .replaceAll("\"orderBys\":\\[[^]]*],", "");
        Set<String> seen = new HashSet<>();
        for (int offset = 0; offset < 99; offset += 33) {
            reader.report(plain.replaceFirst("}$", ",\"limit\":33,\"offset\":" + offset + "}"))
                    .json()
                    .get("rows")
                    .forEach(row -> seen.add(row.get("dimensionValues").toString()));
        }

        assertThat(seen).hasSizeLessThan(99);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date,date,date,date,date,date,date,date,date | sessions | | 200",
                "date,date,date,date,date,date,date,date,date,date | sessions | | 400",
                "date | sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions | | 200",
                "date | sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions,sessions | | 400",
                "city | sessions | | 400",
                "date | bounces | | 400",
                "date,itemId | sessions | | 400",
                "sessionSource | itemsViewed | | 400",
                "transactionId | sessions | | 400",
                "date | sessions | ,\"limit\":\"250000\" | 200",
                "date | sessions | ,\"limit\":\"250001\" | 400",
                "date | sessions | ,\"limit\":0 | 400",
                "date | sessions | ,\"dimensionFilter\":{} | 400"
            })
    void limitsOfARequest(String dimensions, String metrics, String more, int status) {
        Reply reply = Reader.letIn()
                .report(request(
                        "2026-02-10",
                        "2026-02-10",
                        List.of(dimensions.split(",", -1)),
                        List.of(metrics.split(",", -1)),
                        more == null ? "" : more));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(reply.json().at("/error/status").asString()).isEqualTo("INVALID_ARGUMENT");
        }
    }

    @Test
    void tokensOfTheHourRunOut() {
        Reader reader = Reader.letIn();
        String dear = request(
                "2000-01-01", "2016-06-05", List.of("date"), List.of("sessions"), ",\"returnPropertyQuota\":true");
        JsonNode first = reader.report(dear).json();
        assertThat(first.at("/propertyQuota/tokensPerHour/consumed").asInt()).isEqualTo(6_005);
        assertThat(first.at("/propertyQuota/tokensPerProjectPerHour/remaining").asInt())
                .isEqualTo(14_000 - 6_005);
        reader.report(dear);
        assertThat(reader.report(dear).status()).isEqualTo(200);

        Reply over = reader.report(dear);

        assertThat(over.status()).isEqualTo(429);
        assertThat(over.json().at("/error/status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(over.json().at("/error/message").asString()).startsWith("Exhausted property tokens");
        Running.advance(Duration.ofHours(1));
        assertThat(Reader.letIn().report(dear).status()).isEqualTo(200);
    }

    /** They have to meet: where the machine is slow they are held for longer. */
    @Test
    void elevenAtOnceAreOneTooMany() {
        Reader reader = Reader.letIn();
        List<Integer> statuses = List.of();
        for (String delay : List.of("delay:2s", "delay:10s", "delay:60s")) {
            Running.fault("ga4", ":runReport", delay, 11, 0);
            statuses = elevenAtOnce(reader);
            if (statuses.contains(429)) {
                break;
            }
        }

        assertThat(statuses)
                .containsOnlyOnce(429)
                .filteredOn(status -> status == 200)
                .hasSize(10);
    }

    private static List<Integer> elevenAtOnce(Reader reader) {
        String request = request("2026-02-10", "2026-02-10", List.of("date"), List.of("sessions"), "");
        List<CompletableFuture<Integer>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> reader.report(request).status(), task -> new Thread(task).start()))
                .limit(11)
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    /** Ten failures in an hour, and the property is shut for the rest of it. */
    @Test
    void serverErrorsOfTheHourRunOut() {
        Reader reader = Reader.letIn();
        String request = request("2026-02-10", "2026-02-10", List.of("date"), List.of("sessions"), "");
        Running.fault("ga4", ":runReport", "status:500", 10, 0);
        for (int failure = 1; failure <= 10; failure++) {
            assertThat(reader.report(request).status()).isEqualTo(500);
        }

        assertThat(reader.report(request).status()).isEqualTo(429);
        Running.advance(Duration.ofHours(1));
        assertThat(Reader.letIn().report(request).status()).isEqualTo(200);
    }

    @Test
    void rowsOfFewUsersAreWithheld() {
        Running.control("/accounts", Map.of("shop", "careful", "scenario", "paging", "ga4_thresholds", true));
        JsonNode careful = Running.get("/__sandbox/accounts").json().at("/accounts/0");

        JsonNode report = Reader.letIn(careful)
                .report(request("2026-03-01", "2026-03-01", TRAFFIC, List.of("sessions"), ""))
                .json();

        assertThat(report.get("rowCount").asInt()).isEqualTo(10);
        assertThat(report.at("/metadata/subjectToThresholding").asBoolean()).isTrue();
    }

    @Test
    void noRowsMeansNoList() {
        Running.reset("quiet");

        JsonNode report = Reader.letIn()
                .report(request("2026-03-01", "2026-03-01", TRAFFIC, List.of("sessions"), ""))
                .json();

        assertThat(report.has("rows")).isFalse();
        assertThat(report.get("rowCount").asInt()).isZero();
    }

    private static String request(String from, String to, List<String> dimensions, List<String> metrics, String more) {
        return "{\"dateRanges\":[{\"startDate\":\"" + from + "\",\"endDate\":\"" + to + "\"}],\"dimensions\":"
                + names(dimensions) + ",\"metrics\":" + names(metrics) + ",\"orderBys\":"
                + IntStream.range(0, dimensions.size())
                        .mapToObj(place -> "{\"dimension\":{\"dimensionName\":\"" + dimensions.get(place) + "\"}}")
                        .collect(Collectors.joining(",", "[", "]"))
                + ",\"keepEmptyRows\":false" + more + "}";
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> "{\"name\":\"" + name + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private static long sum(JsonNode report, int metric) {
        return report.get("rows")
                .valueStream()
                .mapToLong(row -> Long.parseLong(
                        row.get("metricValues").get(metric).get("value").asString()))
                .sum();
    }

    private static long sum(JsonNode days, String name) {
        return days.valueStream().mapToLong(day -> day.get(name).asLong()).sum();
    }
}
