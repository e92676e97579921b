package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of Ably's seller page, by the page's own headers. It shows neither discounts nor when an order was made or a claim
 * ended: an order is as old as its payment.
 */
public final class AblyOrders implements RecordMapper {
    private static final Pattern ORNAMENT = Pattern.compile("[,\\s]|원$");

    private final Shop shop;
    private final SeenItems seen = new SeenItems();

    public AblyOrders(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(SalesOrder.TABLE, OrderItem.TABLE, OrderCoupon.TABLE);
    }

    @Override
    public List<Row> map(RecordFields shown) {
        RecordFields record = shown.with("결제금액", AblyOrders::plain)
                .with("수량", AblyOrders::plain)
                .with("결제일", AblyOrders::said)
                .with("옵션", AblyOrders::said);
        record.findings().passOver(RecordCheck.AMOUNT_SUM);
        seen.begin();
        String orderId = record.requiredText("주문번호");
        Instant paidAt = record.requiredInstant("결제일");
        StatusReading reading = status(record);
        return List.of(
                order(record, orderId, paidAt, reading).row(shop),
                item(record, orderId, paidAt, reading).row(shop));
    }

    private static SalesOrder order(RecordFields record, String orderId, Instant paidAt, StatusReading reading) {
        return new SalesOrder(
                orderId,
                null,
                paidAt,
                reading.isPayable() ? paidAt : null,
                record.customerKey("customer_key"),
                "KRW",
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private OrderItem item(RecordFields record, String orderId, Instant paidAt, StatusReading reading) {
        String itemId = record.requiredText("상품주문번호");
        seen.see(record, "상품주문번호", itemId, orderId);
        int quantity = record.has("수량") ? record.requiredQuantity("수량") : 1;
        BigDecimal gross = record.requiredAmount("결제금액");
        BigDecimal unit = gross.divide(BigDecimal.valueOf(quantity), 2, RoundingMode.HALF_UP);
        return new OrderItem(
                itemId,
                orderId,
                new Article(null, null, null, record.requiredText("상품명"), record.text("옵션")),
                quantity,
                reading.status().isVoid() ? 0 : quantity,
                new Price(unit, gross, BigDecimal.ZERO),
                reading,
                record.requiredText("주문상태"),
                false,
                Life.paid(reading.isPayable() ? paidAt : null).in(reading.status(), paidAt, null),
                null,
                null,
                Parcel.NONE);
    }

    private static StatusReading status(RecordFields record) {
        String label = record.requiredText("주문상태");
        StatusReading reading = AblyStatus.read(label);
        if (!reading.isKnown() && !label.isEmpty()) {
            record.fail(RecordCheck.STATUS_KNOWN, "주문상태", label, "a label of Ably that is known here");
        }
        return reading;
    }

    /** {@code 12,000원} is 12000. */
    private static String plain(String shown) {
        return ORNAMENT.matcher(said(shown).strip()).replaceAll("");
    }

    /** A dash says nothing. */
    private static String said(String shown) {
        return shown.strip().equals("-") ? "" : shown;
    }
}
