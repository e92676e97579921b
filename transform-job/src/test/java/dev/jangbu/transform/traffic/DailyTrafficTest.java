package dev.jangbu.transform.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.records.Mapped;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyTrafficTest {
    private static final String ROW = Samples.of("ga4-row.json");

    @Test
    void reportRowIsARowOfItsDay() {
        Mapped mapped = Mapped.of("web-traffic", DailyTraffic::ga4, ROW.replace("false", "true"));
        assertThat(mapped.told()).isEmpty();
        assertThat(String.join("|", mapped.row("web_daily").values()))
                .startsWith("a-1|GA4|2026-02-27|Organic Search|naver|organic|118|97|4|212000.00|true|");
    }

    @Test
    void itemsAndTransactionsAreRowsOfTheirOwn() {
        String item = """
                {"item": {"date": "20260227", "itemId": "1042", "itemName": "린넨 셔츠", "itemsViewed": 31,
                 "itemsAddedToCart": 4, "itemsPurchased": 2, "itemRevenue": 59800, "approximate": true}}""";
        String transaction = """
                {"transaction": {"date": "20260227", "transactionId": "20260227-0000011", "ecommercePurchases": 1,
                 "purchaseRevenue": 32300, "approximate": false}}""";
        assertThat(String.join(
                        "|",
                        Mapped.of("web-traffic", DailyTraffic::ga4, item)
                                .row("web_item_daily")
                                .values()))
                .startsWith("a-1|2026-02-27|1042|린넨 셔츠|31|4|2|59800.00|true|");
        assertThat(String.join(
                        "|",
                        Mapped.of("web-traffic", DailyTraffic::ga4, transaction)
                                .row("web_transaction")
                                .values()))
                .startsWith("a-1|2026-02-27|20260227-0000011|1|32300.00|false|");
        RecordMapper mapper = DailyTraffic.ga4(Mapped.shop());
        Mapped.of("web-traffic", mapper, Json.mapper().readTree(transaction));
        assertThat(Mapped.of("web-traffic", mapper, Json.mapper().readTree(transaction))
                        .told())
                .isEqualTo(
                        Map.of("unique_item", "transaction.date: 2026-02-27 20260227-0000011 (expected: each once)"));
    }

    @Test
    void exportOfBeforeIsOfItsOwnSource() {
        String row = ROW.replace("20260227", "2019-02-28").replace("\"Organic Search\"", "null");
        assertThat(String.join(
                        "|",
                        Mapped.of("web-traffic", DailyTraffic::ua, row)
                                .row("web_daily")
                                .values()))
                .startsWith("a-1|UA|2019-02-28|(not set)|naver|organic|118|97|4|212000.00|false|");
    }

    @Test
    void wrongCountsAreTold() {
        RecordMapper mapper = DailyTraffic.ga4(Mapped.shop());
        Mapped.of("web-traffic", mapper, Json.mapper().readTree(ROW));
        assertThat(Mapped.of("web-traffic", mapper, Json.mapper().readTree(ROW)).told())
                .isEqualTo(Map.of(
                        "unique_item", "date: 2026-02-27 Organic Search / naver / organic (expected: each once)"));
        assertThat(Mapped.of(
                                "web-traffic",
                                DailyTraffic::ga4,
                                ROW.replace("20260227", "20260230").replace("\"118\"", "\"-1\""))
                        .told())
                .isEqualTo(Map.of(
                        "value_range", "sessions: -1 (expected: a whole number in 0..9223372036854775807)",
                        "timestamp_valid", "date: 20260230 (expected: YYYYMMDD or YYYY-MM-DD)"));
    }
}
