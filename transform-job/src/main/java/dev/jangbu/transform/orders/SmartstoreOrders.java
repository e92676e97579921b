package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Product orders of SmartStore: each is one line, and tells its order again. */
public final class SmartstoreOrders implements RecordMapper {
    private final Shop shop;
    private final SeenItems seen = new SeenItems();

    public SmartstoreOrders(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(SalesOrder.TABLE, OrderItem.TABLE, OrderCoupon.TABLE);
    }

    @Override
    public List<Row> map(RecordFields record) {
        record.findings().passOver(RecordCheck.AMOUNT_SUM);
        seen.begin();
        RecordFields order = record.requiredObject("order");
        RecordFields line = record.requiredObject("productOrder");
        String orderId = order.requiredText("orderId");
        return List.of(
                order(order, line, orderId).row(shop),
                item(record, order, line, orderId).row(shop));
    }

    private static SalesOrder order(RecordFields order, RecordFields line, String orderId) {
        @Nullable String location = order.text("payLocationType");
        return new SalesOrder(
                orderId,
                line.text("inflowPath"),
                order.requiredInstant("orderDate"),
                order.instant("paymentDate"),
                order.customerKey("customer_key"),
                "KRW",
                order.amountOrZero("orderDiscountAmount"),
                null,
                order.amountOrZero("naverMileagePaymentAmount")
                        .add(order.amountOrZero("chargeAmountPaymentAmount"))
                        .add(order.amountOrZero("checkoutAccumulationPaymentAmount")),
                order.amountOrZero("generalPaymentAmount").add(order.amountOrZero("payLaterPaymentAmount")),
                null,
                location == null ? null : location.equals("MOBILE"),
                null,
                null,
                null);
    }

    private OrderItem item(RecordFields record, RecordFields order, RecordFields line, String orderId) {
        String itemId = line.requiredText("productOrderId");
        seen.see(line, "productOrderId", itemId, orderId);
        StatusReading reading = status(line);
        boolean hasInitial = line.has("initialQuantity");
        int quantity = line.requiredQuantity(hasInitial ? "initialQuantity" : "quantity");
        int remaining = remaining(line, quantity, reading);
        Price price = new Price(
                line.requiredAmount("unitPrice").add(line.signedAmountOrZero("optionPrice")),
                line.requiredAmount("totalProductAmount"),
                line.amountOrZero("productDiscountAmount"));
        ItemRules.check(line, price, quantity, remaining);
        return new OrderItem(
                itemId,
                orderId,
                new Article(
                        line.text("productId"),
                        line.text("optionCode"),
                        line.text("sellerProductCode"),
                        line.requiredText("productName"),
                        line.text("productOption")),
                quantity,
                remaining,
                price,
                reading,
                raw(line),
                false,
                life(record, order, line, reading, remaining < quantity),
                commission(line),
                line.amount("expectedSettlementAmount"),
                parcel(line));
    }

    private static StatusReading status(RecordFields line) {
        String status = line.requiredText("productOrderStatus");
        StatusReading reading = SmartstoreStatus.read(
                status, line.text("placeOrderStatus"), line.text("claimType"), line.text("claimStatus"));
        if (!reading.isKnown() && !status.isEmpty()) {
            line.fail(
                    RecordCheck.STATUS_KNOWN,
                    "productOrderStatus",
                    raw(line),
                    "a status and a claim of SmartStore that are known here");
        }
        return reading;
    }

    private static String raw(RecordFields line) {
        return SmartstoreStatus.raw(
                line.requiredText("productOrderStatus"),
                line.text("placeOrderStatus"),
                line.text("claimType"),
                line.text("claimStatus"));
    }

    private static int remaining(RecordFields line, int quantity, StatusReading reading) {
        @Nullable Integer remaining = line.quantity("remainQuantity");
        if (remaining != null) {
            return remaining;
        }
        return reading.status().isVoid() ? 0 : quantity;
    }

    /** What the claim says, else when the change feed told of it. */
    private static Life life(
            RecordFields record, RecordFields order, RecordFields line, StatusReading reading, boolean isPartGone) {
        RecordFields delivery = record.object("delivery");
        RecordFields change = record.object("lastChange");
        List<RecordFields> claims = claims(record.object("currentClaim"));
        boolean isClaimed = reading.claim().type() != null;
        boolean isDone = isPartGone
                || reading.status().isVoid()
                || reading.status() == ItemStatus.EXCHANGED
                || reading.claim().is(Claim.State.DONE);
        @Nullable Instant requested = first(claims, "claimRequestDate");
        @Nullable Instant done = first(claims, "cancelCompletedDate", "returnCompletedDate", "reDeliveryOperationDate");
        return new Life(
                        reading.isPayable() ? order.instant("paymentDate") : null,
                        delivery.instant("sendDate"),
                        delivery.instant("deliveredDate"),
                        line.instant("decisionDate"),
                        isClaimed && requested == null ? told(change, "CLAIM_REQUESTED") : requested,
                        isDone ? (done == null ? told(change, "CLAIM_COMPLETED") : done) : null,
                        null)
                .in(reading.status(), order.instant("orderDate"), line.instant("placeOrderDate"));
    }

    private static List<RecordFields> claims(RecordFields claim) {
        return List.of(claim.object("cancel"), claim.object("return"), claim.object("exchange"));
    }

    private static @Nullable Instant first(List<RecordFields> claims, String... names) {
        return claims.stream()
                .flatMap(claim -> Stream.of(names).filter(claim::has).map(claim::requiredInstant))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant told(RecordFields change, String type) {
        return type.equals(change.text("lastChangedType")) ? change.instant("lastChangedDate") : null;
    }

    private static @Nullable BigDecimal commission(RecordFields line) {
        List<String> names = List.of(
                "paymentCommission",
                "saleCommission",
                "channelCommission",
                "knowledgeShoppingSellingInterlockCommission");
        return names.stream().noneMatch(line::has)
                ? null
                : names.stream().map(line::signedAmountOrZero).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each line of a parcel tells what sending all of it costs. */
    private static Parcel parcel(RecordFields line) {
        @Nullable String number = line.text("packageNumber");
        BigDecimal fee = line.amountOrZero("deliveryFeeAmount")
                .subtract(line.amountOrZero("deliveryDiscountAmount"))
                .add(line.amountOrZero("sectionDeliveryFee"));
        return number == null ? Parcel.NONE : new Parcel(number, fee);
    }
}
