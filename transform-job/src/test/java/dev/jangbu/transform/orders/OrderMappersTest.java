package dev.jangbu.transform.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.records.Mapped;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Samples;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.SwappedJson;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One order of each channel, and what may be odd about it. */
class OrderMappersTest {
    private static final String CAFE24 = Samples.of("cafe24-order.json");
    private static final String SMARTSTORE = Samples.of("smartstore-order.json");
    private static final String ABLY = Samples.of("ably-order.json");
    private static final String ONLINE_RETAIL = Samples.of("online-retail-order.json");

    static Stream<Arguments> channels() {
        return Stream.of(
                Arguments.of((Function<Shop, RecordMapper>) Cafe24Orders::new, CAFE24),
                Arguments.of((Function<Shop, RecordMapper>) SmartstoreOrders::new, SMARTSTORE),
                Arguments.of((Function<Shop, RecordMapper>) AblyOrders::new, ABLY),
                Arguments.of((Function<Shop, RecordMapper>) OnlineRetailOrders::new, ONLINE_RETAIL));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void numbersAndTextsMaySwapAndFieldsMayBeAdded(Function<Shop, RecordMapper> mapper, String sample) {
        assertThat(Mapped.of("orders", mapper, SwappedJson.of(sample))).isEqualTo(Mapped.of("orders", mapper, sample));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void zoneOfTheMachineDoesNotMatter(Function<Shop, RecordMapper> mapper, String sample) {
        Mapped inSeoul = Mapped.of("orders", mapper, sample);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(Mapped.of("orders", mapper, sample)).isEqualTo(inSeoul);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T23:59:59.999+09:00, 2026-03-02",
        "2026-03-03T00:00:00+09:00, 2026-03-03",
        "2026-03-02T23:59:59, 2026-03-02",
        "2026-03-02T15:00:00Z, 2026-03-03"
    })
    void orderIsOfTheDayInSeoul(String time, String day) {
        Mapped order =
                cafe24(CAFE24.replace("2026-03-02T09:15:27+09:00", time).replace("2026-03-02T09:16:02+09:00", time));
        assertThat(order.row("sales_order")).containsEntry("ordered_on", day);
        assertThat(order.row("order_item")).containsEntry("paid_on", day);
    }

    @Test
    void smartstoreLineBecomesAnOrderAndAnItem() {
        Mapped mapped = Mapped.of("orders", SmartstoreOrders::new, SMARTSTORE);
        assertThat(mapped.told()).isEmpty();
        assertThat(told(mapped.row("sales_order")))
                .isEqualTo("account_id=a-1 order_id=2026030298000011 sub_channel=네이버쇼핑"
                        + " ordered_at=2026-03-02T00:19:40.000000Z ordered_on=2026-03-02 paid_at=2026-03-02T00:20:11.000000Z"
                        + " customer_key=" + "cd".repeat(32) + " currency=KRW order_discount=0.00 points_used=0.00"
                        + " paid_amount=30000.00 is_mobile=true");
        assertThat(told(mapped.row("order_item")))
                .isEqualTo("account_id=a-1 item_id=2026030212345661 order_id=2026030298000011 product_id=90001"
                        + " variant_code=3001 seller_code=LS-01 product_name=린넨 셔츠 option_text=색상: 아이보리 quantity=1"
                        + " remaining_quantity=1 unit_price=32000.00 line_gross=32000.00 line_discount=5000.00 item_status=PAID"
                        + " raw_status=PAYED/NOT_YET line_kind=SALE ever_paid=true paid_at=2026-03-02T00:20:11.000000Z"
                        + " paid_on=2026-03-02 status_changed_at=2026-03-02T00:20:11.000000Z commission_amount=1510.00"
                        + " settlement_amount=25490.00 package_number=2026030277000009 package_shipping_fee=3000.00");
    }

    @Test
    void smartstoreClaimIsOfItsDateElseOfTheChangeFeed() {
        String returned = SMARTSTORE
                .replace(
                        "\"productOrderStatus\":\"PAYED\",\"claimType\":null,\"claimStatus\":null",
                        "\"productOrderStatus\":\"RETURNED\",\"claimType\":\"RETURN\",\"claimStatus\":\"RETURN_DONE\"")
                .replace("\"lastChangedType\":\"PAYED\"", "\"lastChangedType\":\"CLAIM_COMPLETED\"")
                .replace("\"remainQuantity\":1", "\"remainQuantity\":0");
        assertThat(Mapped.of("orders", SmartstoreOrders::new, returned).row("order_item"))
                .containsEntry("item_status", "RETURNED")
                .containsEntry("remaining_quantity", "0")
                .containsEntry("claim_requested_at", "")
                .containsEntry("claim_done_at", "2026-03-02T00:20:12.000000Z")
                .containsEntry("claim_done_on", "2026-03-02");
        String dated = returned.replace(
                "\"currentClaim\":null",
                "\"currentClaim\":{\"cancel\":null,\"return\":{\"claimStatus\":\"RETURN_DONE\",\"claimRequestDate\":"
                        + "\"2026-03-03T10:00:00.000+09:00\",\"returnCompletedDate\":\"2026-03-05T00:10:00.000+09:00\"}}");
        assertThat(Mapped.of("orders", SmartstoreOrders::new, dated).row("order_item"))
                .containsEntry("claim_requested_at", "2026-03-03T01:00:00.000000Z")
                .containsEntry("claim_done_at", "2026-03-04T15:10:00.000000Z")
                .containsEntry("claim_done_on", "2026-03-05");
    }

    @Test
    void ablyRowIsAsOldAsItsPayment() {
        Mapped mapped = Mapped.of("orders", AblyOrders::new, ABLY);
        assertThat(mapped.told()).isEmpty();
        assertThat(told(mapped.row("sales_order")))
                .isEqualTo("account_id=a-1 order_id=A-77 ordered_at=2026-03-02T14:59:00.000000Z ordered_on=2026-03-02"
                        + " paid_at=2026-03-02T14:59:00.000000Z currency=KRW order_discount=0.00");
        assertThat(told(mapped.row("order_item")))
                .isEqualTo("account_id=a-1 item_id=5001 order_id=A-77 product_name=니트, \"봄\" quantity=3"
                        + " remaining_quantity=0 unit_price=3333.33 line_gross=10000.00 line_discount=0.00"
                        + " item_status=CANCELED claim_type=CANCEL claim_state=DONE raw_status=취소완료 line_kind=SALE"
                        + " ever_paid=true paid_at=2026-03-02T14:59:00.000000Z paid_on=2026-03-02");
    }

    @Test
    void ablyRowWithoutAQuantityIsOne() {
        String without = ABLY.replace("\"수량\":\"3\",", "");
        assertThat(Mapped.of("orders", AblyOrders::new, without).row("order_item"))
                .containsEntry("quantity", "1")
                .containsEntry("unit_price", "10000.00");
    }

    @Test
    void invoiceKnowsWhatWasTakenBack() {
        Mapped mapped = Mapped.of("orders", OnlineRetailOrders::new, ONLINE_RETAIL);
        assertThat(mapped.told()).isEmpty();
        assertThat(mapped.rows().subList(1, 4))
                .extracting(row -> String.join(
                        " ",
                        row.get("item_id"),
                        row.get("product_name"),
                        row.get("quantity"),
                        row.get("remaining_quantity"),
                        row.get("line_gross"),
                        row.get("item_status"),
                        row.get("claim_state"),
                        row.get("claim_done_on"),
                        row.get("raw_status")))
                .containsExactly(
                        "536365-1 HEART HOLDER 6 6 15.30 CONFIRMED   invoiced",
                        "536365-2 71053 6 4 20.34 CONFIRMED DONE 2010-12-03 C536400",
                        "536365-3 POSTAGE 1 0 18.00 CANCELED DONE 2010-12-04 C536500");
    }

    @Test
    void invoiceOfAStockCorrectionIsNoSale() {
        assertThat(Mapped.of(
                                "orders",
                                OnlineRetailOrders::new,
                                ONLINE_RETAIL.replace("\"quantity\":1,", "\"quantity\":-1,"))
                        .told())
                .containsEntry("value_range", "items[3].quantity: -1 (expected: a whole number in 1..100000)");
    }

    @ParameterizedTest
    @CsvSource({
        "C10, 1, 2, ''",
        "C40, 2, 0, 2026-03-02",
        "C40, 0, 0, 2026-03-02",
        "N40, 1, 1, 2026-03-02",
        "E40, 2, 2, ''",
        "N40, 0, 2, ''"
    })
    void onlyWhatAClaimHasEndedIsGone(String status, int claimed, int remaining, String doneOn) {
        String order = CAFE24.replace(
                "\"quantity\":2,\"order_status\":\"N20\"",
                "\"quantity\":2,\"claim_quantity\":\"" + claimed + "\",\"cancel_date\":\"2026-03-02T10:00:00+09:00\","
                        + "\"order_status\":\"" + status + "\"");
        assertThat(cafe24(order).rows().get(2))
                .containsEntry("remaining_quantity", Integer.toString(remaining))
                .containsEntry("claim_done_on", doneOn);
    }

    @Test
    void discountsOfTheOrderAreThoseBeyondItsLines() {
        String more = CAFE24.replace(
                "\"initial_order_amount\":{\"order_price_amount\":\"55000.00\",\"shipping_fee\":\"3000.00\","
                        + "\"points_spent_amount\":\"0.00\",\"credits_spent_amount\":\"0.00\",\"coupon_discount_price\":\"5000.00\"",
                "\"initial_order_amount\":{\"order_price_amount\":\"55000.00\",\"shipping_fee\":\"3000.00\","
                        + "\"points_spent_amount\":\"700.00\",\"credits_spent_amount\":\"300.00\",\"coupon_discount_price\":\"7000.00\"");
        Mapped mapped = cafe24(more);
        assertThat(mapped.row("sales_order"))
                .containsEntry("order_discount", "2000.00")
                .containsEntry("points_used", "1000.00");
        assertThat(mapped.told())
                .isEqualTo(
                        Map.of(
                                "amount_sum",
                                "payment_amount and points: 54000.00 (expected: 51000.00, its lines less discounts, and shipping)"));
    }

    @Test
    void linesThatDoNotComeToTheOrdersPriceAreTold() {
        assertThat(cafe24(CAFE24.replace("\"product_price\":\"10000.00\"", "\"product_price\":\"10001.00\""))
                        .told())
                .isEqualTo(Map.of(
                        "amount_sum",
                        "initial_order_amount.order_price_amount: 55000.00 (expected: 55002.00, the sum of its lines);"
                                + " payment_amount and points: 53000.00 (expected: 53002.00, its lines less discounts, and"
                                + " shipping)"));
    }

    @Test
    void wrongOrdersAreTold() {
        assertThat(cafe24(CAFE24.replace("-02\",\"variant", "-01\",\"variant")).told())
                .isEqualTo(Map.of(
                        "unique_item",
                        "items[2].order_item_code: 20260302-0000013-01 (expected: each item once in an order)"));
        assertThat(cafe24(CAFE24.replace("\"quantity\":2", "\"quantity\":1.5").replace("\"10000.00\"", "\"1e4\""))
                        .told())
                .containsEntry(
                        "value_range",
                        "items[2].quantity: 1.5 (expected: a whole number in 1..100000); items[2].product_price: 1e4"
                                + " (expected: an amount in 0..9999999999 with at most two decimals)");
        assertThat(cafe24(CAFE24.replace("ab".repeat(32), "buyer07")).told())
                .isEqualTo(Map.of("value_range", "customer_key: (not shown) (expected: 64 hexadecimal digits)"));
        assertThat(cafe24(CAFE24.replace("0000013-01\",\"coupon_name", "0000013-09\",\"coupon_name"))
                        .told())
                .isEqualTo(Map.of(
                        "order_consistent",
                        "coupons[1].order_item_code: 20260302-0000013-09 (expected: an item of the order)"));
        assertThat(cafe24(CAFE24.replace("린넨", "\\u0000")).told()).containsKey("value_range");
    }

    @Test
    void itemOfTwoOrdersIsTold() {
        Cafe24Orders mapper = new Cafe24Orders(Mapped.shop());
        Mapped.of("orders", mapper, Json.mapper().readTree(CAFE24));
        assertThat(Mapped.of("orders", mapper, Json.mapper().readTree(CAFE24)).told())
                .isEmpty();
        String other = CAFE24.replace("\"order_id\":\"20260302-0000013\"", "\"order_id\":\"20260302-0000014\"");
        assertThat(Mapped.of("orders", mapper, Json.mapper().readTree(other))
                        .told()
                        .get("unique_item"))
                .startsWith("items[1].order_item_code: 20260302-0000013-01 (expected: an item of one order; it is in"
                        + " 20260302-0000013 too)");
    }

    @Test
    void orderCopiedFromSmartstoreSaysSo() {
        Map<String, String> order = cafe24(CAFE24.replace("\"mobile\"", "\"shopn\"")
                        .replace("\"market_order_no\":null", "\"market_order_no\":\"2026030298000011\""))
                .row("sales_order");
        assertThat(order).containsEntry("imported_from", "shopn").containsEntry("market_order_no", "2026030298000011");
    }

    @Test
    void orderOfAnotherShopOfTheMallSaysSo() {
        Mapped mapped = cafe24(CAFE24.replaceFirst("\"shop_no\":1", "\"shop_no\":\"2\""));

        assertThat(mapped.told()).isEmpty();
        assertThat(mapped.row("sales_order"))
                .containsEntry("order_id", cafe24(CAFE24).row("sales_order").get("order_id"))
                .containsEntry("sub_channel", "shop2.mobile");
        assertThat(mapped.row("order_item")).containsEntry("product_id", "2:21");
        assertThat(cafe24(CAFE24).row("order_item")).containsEntry("product_id", "21");
    }

    private static Mapped cafe24(String record) {
        return Mapped.of("orders", Cafe24Orders::new, record);
    }

    /** What a row holds, without what is empty or of the row itself. */
    private static String told(Map<String, String> row) {
        List<String> own = List.of("source_hash", "observed_at");
        return row.entrySet().stream()
                .filter(column -> !column.getValue().isEmpty() && !own.contains(column.getKey()))
                .map(column -> column.getKey() + "=" + column.getValue())
                .reduce((before, column) -> before + " " + column)
                .orElse("");
    }
}
