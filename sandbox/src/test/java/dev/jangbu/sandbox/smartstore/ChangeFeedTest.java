package dev.jangbu.sandbox.smartstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Reply;
import dev.jangbu.sandbox.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChangeFeedTest {
    private static final String LIST = "/v1/pay-order/seller/product-orders";
    private static final String SEARCH = "/v1/products/search";

    @BeforeEach
    void reset() {
        Running.reset("default");
    }

    @ParameterizedTest
    @CsvSource({
        "lastChangedTo=2026-03-02T08:00:00.000%2B09:00&lastChangedFrom=2026-03-01T08:00:00.000%2B09:00, 200",
        "lastChangedTo=2026-03-02T08:00:00.001%2B09:00&lastChangedFrom=2026-03-01T08:00:00.000%2B09:00, 400",
        "lastChangedFrom=2026-03-01T08:00:00.000%2B09:00, 200",
        "lastChangedFrom=2026-03-01T08:00:00.000+09:00, 400",
        "lastChangedFrom=2026-03-01, 400",
        "limitCount=300, 400",
        "lastChangedFrom=2026-03-01T08:00:00.000%2B09:00&limitCount=300, 200",
        "lastChangedFrom=2026-03-01T08:00:00.000%2B09:00&limitCount=301, 400",
        "lastChangedFrom=2026-03-01T08:00:00.000%2B09:00&lastChangedType=SENT, 400",
        "lastChangedFrom=2026-03-01T08:00:00.000%2B09:00&sort=asc, 400"
    })
    void limitsOfTheFeed(String query, int status) {
        Reply reply = Seller.letIn().get(Seller.CHANGED + "?" + query);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().has("invalidInputs")).isEqualTo(status == 400);
    }

    @Test
    void pagesOfEqualInstantsLoseNothing() {
        Running.reset("paging");
        Running.setClock("2026-03-03T23:00:00+09:00");
        Seller seller = Seller.letIn();

        List<JsonNode> rows = seller.changed("2026-03-02T23:00:00.000+09:00", "2026-03-03T22:59:59.999+09:00", 300);
        List<JsonNode> small = seller.changed("2026-03-02T23:00:00.000+09:00", "2026-03-03T22:59:59.999+09:00", 7);

        assertThat(rows).hasSizeGreaterThan(600).isEqualTo(small);
        assertThat(new HashSet<>(ids(rows))).hasSize(rows.size());
        assertThat(rows).isSortedAccordingTo((one, other) -> key(one).compareTo(key(other)));
        assertThat(rows.get(299).get("lastChangedDate")).isEqualTo(rows.get(300).get("lastChangedDate"));
    }

    @Test
    void noRowsMeansNoData() {
        Running.reset("quiet");

        JsonNode body = Seller.letIn()
                .get(Seller.CHANGED + "?lastChangedFrom=" + Seller.encoded("2026-03-01T00:00:00.000+09:00"))
                .json();

        assertThat(body.propertyNames()).containsExactly("timestamp", "traceId");
    }

    @Test
    void deliveryIsNoChange() {
        Running.setClock("2026-03-03T20:00:00+09:00");
        Seller seller = Seller.letIn();
        List<String> ids =
                ids(seller.changed("2026-03-03T00:00:00.000+09:00", "2026-03-03T19:00:00.000+09:00", 300).stream()
                        .filter(row -> row.get("lastChangedType").asString().equals("DISPATCHED"))
                        .toList());
        assertThat(ids).isNotEmpty();
        Running.setClock("2026-03-05T20:00:00+09:00");
        Seller later = Seller.letIn();

        List<JsonNode> delivered = later.details(ids).stream()
                .filter(one ->
                        one.at("/productOrder/productOrderStatus").asString().equals("DELIVERED"))
                .filter(one -> one.at("/productOrder/claimType").isNull())
                .toList();
        assertThat(delivered).isNotEmpty().allMatch(one -> one.at("/delivery/deliveredDate")
                .isString());
        String first = delivered.get(0).at("/productOrder/productOrderId").asString();
        List<JsonNode> feed = new ArrayList<>();
        for (String day : List.of("2026-03-04", "2026-03-05")) {
            feed.addAll(later.changed(day + "T00:00:00.000+09:00", day + "T23:59:59.999+09:00", 300));
        }
        assertThat(ids(feed)).doesNotContain(first);
    }

    @Test
    void detailsSumToTheTruth() {
        Seller seller = Seller.letIn();
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            int page = 1;
            JsonNode data;
            do {
                String start = "2026-02-%02dT00:00:00.000+09:00".formatted(day);
                data = seller.get(LIST + "?rangeType=ORDERED_DATETIME&from=" + Seller.encoded(start)
                                + "&to=" + Seller.encoded(start.replace("T00:00:00.000", "T23:59:59.999"))
                                + "&pageSize=9&page=" + page++)
                        .json()
                        .get("data");
                data.get("contents")
                        .forEach(row -> ids.add(row.get("productOrderId").asString()));
            } while (data.at("/pagination/hasNext").asBoolean());
        }
        long gross = 0;
        long discount = 0;
        for (JsonNode one : seller.details(ids)) {
            gross += one.at("/productOrder/totalProductAmount").asLong();
            discount += one.at("/productOrder/productDiscountAmount").asLong();
        }
        JsonNode rows = Running.truth("orders?basis=ordered&channel=naver&from=2026-02-01&to=2026-02-28")
                .get("rows");

        assertThat(ids).hasSize(rows.size()).doesNotHaveDuplicates();
        assertThat(gross)
                .isEqualTo(rows.valueStream()
                        .mapToLong(row -> row.get("line_gross").asLong())
                        .sum());
        assertThat(discount)
                .isEqualTo(rows.valueStream()
                        .mapToLong(row -> row.get("line_discount").asLong())
                        .sum());
    }

    @Test
    void aQueryTakes300IdsAndLeavesOutTheUnknown() {
        Seller seller = Seller.letIn();
        String known = Running.truth("orders?basis=ordered&channel=naver&from=2026-02-10&to=2026-02-10")
                .at("/rows/0/item_id")
                .asString();

        assertThat(seller.post(Seller.QUERY, Map.of("productOrderIds", Collections.nCopies(301, known)))
                        .status())
                .isEqualTo(400);
        assertThat(seller.post(Seller.QUERY, Map.of("productOrderIds", List.of()))
                        .status())
                .isEqualTo(400);
        JsonNode data = seller.post(Seller.QUERY, Map.of("productOrderIds", List.of("1", known, "2026030299999999")))
                .json()
                .get("data");
        assertThat(data).hasSize(1);
        assertThat(data.at("/0/productOrder/productOrderId").asString()).isEqualTo(known);
    }

    @Test
    void eachEndpointTakesFourAtOnceAndTwoASecond() {
        Seller seller = Seller.letIn();
        String path = Seller.CHANGED + "?lastChangedFrom=" + Seller.encoded(Running.NOW);
        for (int left = 3; left >= 0; left--) {
            Reply reply = seller.getAtOnce(path);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("GNCP-GW-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }
        Reply over = seller.getAtOnce(path);
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.json().get("code").asString()).isEqualTo("GW.RATE_LIMIT");
        assertThat(over.header("GNCP-GW-RateLimit-Replenish-Rate")).isEqualTo("2");
        assertThat(over.header("GNCP-GW-RateLimit-Burst-Capacity")).isEqualTo("4");
        assertThat(seller.getAtOnce(LIST + "?from=" + Seller.encoded(Running.NOW))
                        .status())
                .isEqualTo(200);
        Running.advance(Duration.ofMillis(500));
        assertThat(seller.getAtOnce(path).status()).isEqualTo(200);
        assertThat(seller.getAtOnce(path).status()).isEqualTo(429);
    }

    @Test
    void productsComeInPagesOf500() {
        Running.reset("paging");
        Seller seller = Seller.letIn();

        assertThat(seller.post(SEARCH, Map.of("page", 1, "size", 501)).status()).isEqualTo(400);
        assertThat(seller.post(SEARCH, Map.of("searchKeywordType", "SELLER_CODE"))
                        .status())
                .isEqualTo(400);
        assertThat(seller.post(SEARCH, Map.of("productStatusTypes", List.of("GONE")))
                        .status())
                .isEqualTo(400);
        HashSet<String> numbers = new HashSet<>();
        JsonNode page;
        int number = 1;
        do {
            page = seller.post(SEARCH, Map.of("page", number++, "size", 500, "orderType", "NO"))
                    .json();
            page.get("contents")
                    .forEach(one -> numbers.add(one.get("originProductNo").asString()));
        } while (!page.get("last").asBoolean());
        assertThat(numbers).hasSize(5_350);
        assertThat(page.get("totalElements").asInt()).isEqualTo(5_350);
        assertThat(page.get("totalPages").asInt()).isEqualTo(11);
    }

    @Test
    void handMadeReturnComesUpInTheFeed() {
        JsonNode row = Running.truth("orders?basis=ordered&channel=naver&from=2026-02-10&to=2026-02-10")
                .at("/rows/0");
        Running.control(
                "/orders/naver/" + row.get("item_id").asString() + "/transition", Map.of("to", "RETURN_REQUEST"));
        Running.advance(Duration.ofMinutes(5));
        Seller seller = Seller.letIn();

        List<JsonNode> rows = seller.changed("2026-03-02T09:00:00.000+09:00", "2026-03-02T09:05:00.000+09:00", 300);
        JsonNode ids = seller.get(
                        "/v1/pay-order/seller/orders/" + row.get("order_id").asString() + "/product-order-ids")
                .json()
                .get("data");

        assertThat(rows)
                .filteredOn(one -> one.get("productOrderId").equals(row.get("item_id")))
                .singleElement()
                .satisfies(one -> assertThat(one.get("claimStatus").asString()).isEqualTo("RETURN_REQUEST"));
        assertThat(ids.valueStream().map(JsonNode::asString))
                .contains(row.get("item_id").asString());
    }

    private static String key(JsonNode row) {
        return row.get("lastChangedDate").asString() + row.get("productOrderId").asString();
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("productOrderId").asString()).toList();
    }
}
