package dev.jangbu.transform.orders;

import dev.jangbu.transform.records.MallShop;
import dev.jangbu.transform.records.RecordCheck;
import dev.jangbu.transform.records.RecordFields;
import dev.jangbu.transform.records.RecordMapper;
import dev.jangbu.transform.records.Row;
import dev.jangbu.transform.records.Shop;
import dev.jangbu.transform.records.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders of Cafe24, each with its items and the coupons used on them. */
public final class Cafe24Orders implements RecordMapper {
    /** Orders of SmartStore that Cafe24 was made to show. */
    private static final String SMARTSTORE_PLACE = "shopn";

    private static final BigDecimal WON = BigDecimal.ONE;

    private final Shop shop;
    private final SeenItems seen = new SeenItems();

    public Cafe24Orders(Shop shop) {
        this.shop = shop;
    }

    @Override
    public List<Table> tables() {
        return List.of(SalesOrder.TABLE, OrderItem.TABLE, OrderCoupon.TABLE);
    }

    @Override
    public List<Row> map(RecordFields record) {
        List<RecordFields> itemFields = record.list("items");
        if (itemFields.isEmpty()) {
            record.fail(RecordCheck.REQUIRED_FIELDS, "items", "none", "at least one");
        }
        seen.begin();
        String orderId = record.requiredText("order_id");
        @Nullable Instant paidAt = record.instant("payment_date");
        MallShop mallShop = MallShop.of(record);
        List<OrderItem> items = itemFields.stream()
                .map(item -> item(item, orderId, mallShop, record, paidAt))
                .toList();
        Discounts discounts = Discounts.of(record.object("initial_order_amount"), itemFields);
        SalesOrder order = order(record, orderId, paidAt, discounts);
        controlSum(record, order, items, discounts);
        List<OrderCoupon> coupons = coupons(record, orderId, items);
        List<Row> rows = new ArrayList<>(List.of(order.row(shop)));
        items.forEach(item -> rows.add(item.row(shop)));
        coupons.forEach(coupon -> rows.add(coupon.row(shop)));
        return rows;
    }

    private static SalesOrder order(
            RecordFields record, String orderId, @Nullable Instant paidAt, Discounts discounts) {
        RecordFields initial = record.object("initial_order_amount");
        @Nullable String place = record.text("order_place_id");
        return new SalesOrder(
                orderId,
                MallShop.of(record).place(place),
                record.requiredInstant("order_date"),
                paidAt,
                record.customerKey("customer_key"),
                Objects.requireNonNullElse(record.text("currency"), "KRW"),
                discounts.ofOrder(),
                record.object("actual_order_amount").amount("shipping_fee"),
                initial.amountOrZero("points_spent_amount")
                        .add(initial.amountOrZero("credits_spent_amount"))
                        .add(record.amountOrZero("naver_point")),
                initial.has("payment_amount") ? initial.amount("payment_amount") : record.amount("payment_amount"),
                initial.amount("order_price_amount"),
                record.flag("order_from_mobile"),
                record.flag("first_order"),
                SMARTSTORE_PLACE.equals(place) ? place : null,
                record.text("market_order_no"));
    }

    private OrderItem item(
            RecordFields item, String orderId, MallShop mallShop, RecordFields order, @Nullable Instant paidAt) {
        String itemId = item.requiredText("order_item_code");
        seen.see(item, "order_item_code", itemId, orderId);
        String code = item.requiredText("order_status");
        StatusReading reading = Cafe24Status.read(code, item.text("order_status_before_cs"));
        if (!reading.isKnown()) {
            item.fail(RecordCheck.STATUS_KNOWN, "order_status", code, "a status of Cafe24 that is known here");
        }
        int quantity = item.requiredQuantity("quantity");
        int remaining = remaining(item, quantity, reading);
        BigDecimal unit = item.requiredAmount("product_price").add(item.signedAmountOrZero("option_price"));
        Price price = new Price(unit, unit.multiply(BigDecimal.valueOf(quantity)), Discounts.ofLine(item));
        ItemRules.check(item, price, quantity, remaining);
        return new OrderItem(
                itemId,
                orderId,
                new Article(
                        mallShop.id(item.text("product_no")),
                        item.text("variant_code"),
                        item.text("custom_product_code"),
                        item.requiredText("product_name"),
                        item.text("option_value")),
                quantity,
                remaining,
                price,
                reading,
                code,
                Cafe24Status.EXCHANGE_OUT.equals(code),
                life(item, order, reading.isPayable() ? paidAt : null, reading, remaining < quantity),
                item.amount("commission"),
                null,
                Parcel.NONE);
    }

    /** A claim that is only asked for, or an exchange, takes nothing from the line. */
    private static int remaining(RecordFields item, int quantity, StatusReading reading) {
        @Nullable Integer claimed = item.quantity("claim_quantity");
        if (reading.status().isVoid()) {
            return claimed == null || claimed == 0 ? 0 : Math.max(quantity - claimed, 0);
        }
        boolean isClaim = reading.claim().type() != null;
        return claimed == null || isClaim ? quantity : quantity - claimed;
    }

    private static Life life(
            RecordFields item,
            RecordFields order,
            @Nullable Instant paidAt,
            StatusReading reading,
            boolean isPartGone) {
        Claim.@Nullable Type type = reading.claim().type();
        boolean isDone = reading.claim().is(Claim.State.DONE) || isPartGone;
        return new Life(
                        paidAt,
                        item.instant("shipped_date"),
                        item.instant("delivered_date"),
                        item.instant("purchaseconfirmation_date"),
                        claimDate(
                                item,
                                type,
                                isPartGone,
                                "cancel_request_date",
                                "return_request_date",
                                "exchange_request_date"),
                        isDone
                                ? claimDate(
                                        item, type, isPartGone, "cancel_date", "return_confirmed_date", "exchange_date")
                                : null,
                        null)
                .in(reading.status(), order.instant("order_date"), item.instant("place_date"));
    }

    private static @Nullable Instant claimDate(
            RecordFields item,
            Claim.@Nullable Type type,
            boolean isPartGone,
            String cancel,
            String returned,
            String exchange) {
        if (type == null) {
            return isPartGone
                    ? Stream.of(item.instant(cancel), item.instant(returned))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null)
                    : null;
        }
        return switch (type) {
            case CANCEL -> item.instant(cancel);
            case RETURN -> item.instant(returned);
            case EXCHANGE -> item.instant(exchange);
            case HOLDBACK -> null;
        };
    }

    private static List<OrderCoupon> coupons(RecordFields record, String orderId, List<OrderItem> items) {
        Set<String> itemIds = new HashSet<>();
        items.forEach(item -> itemIds.add(item.itemId()));
        return record.list("coupons").stream()
                .map(coupon -> coupon(coupon, orderId, itemIds))
                .toList();
    }

    private static OrderCoupon coupon(RecordFields coupon, String orderId, Set<String> itemIds) {
        String itemId = Objects.requireNonNullElse(coupon.text("order_item_code"), "");
        if (!itemId.isEmpty() && !itemIds.contains(itemId)) {
            coupon.fail(RecordCheck.ORDER_CONSISTENT, "order_item_code", itemId, "an item of the order");
        }
        return new OrderCoupon(
                orderId,
                itemId,
                coupon.requiredText("coupon_code"),
                coupon.requiredText("coupon_name"),
                coupon.requiredAmount("coupon_value_final"));
    }

    /** What Cafe24 says the order comes to, and what its lines do; a won may be lost in rounding. */
    private static void controlSum(RecordFields record, SalesOrder order, List<OrderItem> items, Discounts discounts) {
        @Nullable BigDecimal control = order.controlAmount();
        if (control == null) {
            record.findings().passOver(RecordCheck.AMOUNT_SUM);
            return;
        }
        List<OrderItem> sold =
                items.stream().filter(item -> !item.isExchangeOut()).toList();
        compare(record, "initial_order_amount.order_price_amount", control, sum(sold, false), "the sum of its lines");
        @Nullable BigDecimal paid = order.paidAmount();
        if (order.paidAt() != null && paid != null) {
            BigDecimal points = Objects.requireNonNullElse(order.pointsUsed(), BigDecimal.ZERO);
            compare(
                    record,
                    "payment_amount and points",
                    paid.add(points),
                    sum(sold, true).subtract(order.orderDiscount()).add(discounts.shipping()),
                    "its lines less discounts, and shipping");
        }
    }

    private static BigDecimal sum(List<OrderItem> items, boolean isNet) {
        return items.stream()
                .map(item -> isNet ? item.price().net() : item.price().gross())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void compare(RecordFields record, String name, BigDecimal told, BigDecimal sum, String what) {
        if (told.subtract(sum).abs().compareTo(WON) > 0) {
            record.fail(RecordCheck.AMOUNT_SUM, name, told.toPlainString(), sum.toPlainString() + ", " + what);
        }
    }
}
