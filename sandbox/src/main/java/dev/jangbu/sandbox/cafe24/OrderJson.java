package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An order as it is now. */
final class OrderJson {
    private final Instant now;
    private final int shopNo;

    OrderJson(Instant now, int shopNo) {
        this.now = now;
        this.shopNo = shopNo;
    }

    Fields order(Order order, Set<String> embeds) {
        boolean isNumber = order.lines().get(0).isPriceNumber();
        Optional<Instant> paid = order.paidAt(now);
        Fields fields = Fields.of("shop_no", shopNo)
                .with("currency", "KRW")
                .with("order_id", order.id())
                .with("market_id", order.marketOrderId() == null ? "self" : "shopn")
                .with("market_order_no", order.marketOrderId())
                .with("member_id", order.buyer().memberId())
                .with(
                        "member_email",
                        order.buyer().memberId() == null ? null : order.buyer().email())
                .with("member_authentication", order.buyer().memberId() == null ? "F" : "T")
                .with("initial_order_amount", amounts(Amounts.initial(order), isNumber))
                .with("actual_order_amount", amounts(Amounts.actual(order, now), isNumber))
                .with("billing_name", order.buyer().name())
                .with("payment_method", List.of(order.payment()))
                .with("payment_method_name", List.of(order.payment().equals("card") ? "신용카드" : "가상계좌"))
                .with("paid", paid.isPresent() ? "T" : "F")
                .with("canceled", cancelled(order))
                .with("order_date", Days.seconds(order.orderedAt()))
                .with("first_order", flag(order.isFirst()))
                .with("payment_date", seconds(paid))
                .with("order_from_mobile", flag(order.isMobile()))
                .with("payment_amount", Won.of(order.payable(), isNumber))
                .with("cancel_date", seconds(last(order, LineState.CANCELED)))
                .with("order_place_name", placeName(order.place()))
                .with("order_place_id", order.place())
                .with("shipping_type", "A")
                .with("shipping_status", shipping(order))
                .with("return_confirmed_date", seconds(last(order, LineState.RETURNED)))
                .with("naver_point", "0.00")
                .with("subscription", "F")
                .with("exchange_rate", "1.00");
        embed(fields, order, embeds);
        return fields;
    }

    List<Fields> items(Order order) {
        return order.lines().stream().map(line -> item(order, line)).toList();
    }

    /** Newest last. */
    List<Fields> history(Line line) {
        List<Fields> history = new ArrayList<>();
        String previous = null;
        for (var step : line.life().steps()) {
            if (!step.at().isAfter(now)) {
                String current = Status.of(step.state()).name();
                history.add(Fields.of("shop_no", shopNo)
                        .with("process_date", Days.seconds(step.at()))
                        .with("previous_order_status", previous)
                        .with("current_order_status", current));
                previous = current;
            }
        }
        return history;
    }

    private void embed(Fields fields, Order order, Set<String> embeds) {
        if (embeds.contains("items")) {
            fields.with("items", items(order));
        }
        if (embeds.contains("buyer")) {
            fields.with(
                    "buyer",
                    Fields.of("shop_no", shopNo)
                            .with("order_id", order.id())
                            .with("name", order.buyer().name())
                            .with("email", order.buyer().email())
                            .with("phone", "")
                            .with("cellphone", order.buyer().phone()));
        }
        if (embeds.contains("receivers")) {
            fields.with(
                    "receivers",
                    List.of(Fields.of("shop_no", shopNo)
                            .with("name", order.buyer().name())
                            .with("cellphone", order.buyer().phone())
                            .with("address_full", "서울특별시 가상구 없는로 1")));
        }
        embedClaim(fields, order, embeds, "cancellation", LineState.CANCELED);
        embedClaim(fields, order, embeds, "return", LineState.RETURNED);
        embedClaim(fields, order, embeds, "exchange", LineState.EXCHANGED);
    }

    private void embedClaim(Fields fields, Order order, Set<String> embeds, String name, LineState done) {
        if (embeds.contains(name)) {
            fields.with(
                    name,
                    order.lines().stream()
                            .filter(line -> line.life().stateAt(now) == done)
                            .map(line -> Fields.of("shop_no", shopNo)
                                    .with("order_item_code", line.id())
                                    .with("quantity", line.quantity()))
                            .toList());
        }
    }

    private Fields item(Order order, Line line) {
        LineState state = line.life().stateAt(now);
        Status status = Status.of(state);
        boolean isNumber = line.isPriceNumber();
        boolean isRejected = status.name().endsWith("11");
        return Fields.of("shop_no", shopNo)
                .with("item_no", line.number())
                .with("order_item_code", line.id())
                .with("variant_code", line.product().code() + "000" + (char) ('A' + line.option()))
                .with("product_no", line.product().number())
                .with("product_code", line.product().code())
                .with("custom_product_code", line.product().sellerCode())
                .with("option_id", "000" + (char) ('A' + line.option()))
                .with("option_value", line.optionText())
                .with("product_name", line.product().name())
                .with("product_price", Won.of(line.unitPrice(), isNumber))
                .with("option_price", Won.of(line.optionPrice(), isNumber))
                .with("additional_discount_price", Won.of(line.additionalDiscount(), isNumber))
                .with("coupon_discount_price", Won.of(line.couponDiscount(), isNumber))
                .with("app_item_discount_amount", Won.of(0, isNumber))
                .with("payment_amount", null)
                .with("quantity", line.quantity())
                .with("claim_code", claimCode(line, state))
                .with("claim_quantity", String.valueOf(line.quantity() - line.remainingQuantity(now)))
                .with("order_status", status.name())
                .with(
                        "order_status_before_cs",
                        isRejected ? Status.of(base(state)).name() : null)
                .with("status_code", status.group())
                .with("status_text", status.text())
                .with("naver_pay_order_id", null)
                .with("ordered_date", Days.seconds(order.orderedAt()))
                .with("place_date", when(line, LineState.PREPARING))
                .with("shipped_date", when(line, LineState.SHIPPING))
                .with("delivered_date", when(line, LineState.DELIVERED))
                .with("purchaseconfirmation_date", when(line, LineState.CONFIRMED))
                .with("cancel_date", when(line, LineState.CANCELED))
                .with("cancel_request_date", when(line, LineState.CANCEL_REQUESTED))
                .with("return_request_date", when(line, LineState.RETURN_REQUESTED))
                .with("return_confirmed_date", when(line, LineState.RETURNED))
                .with("exchange_request_date", when(line, LineState.EXCHANGE_REQUESTED))
                .with("exchange_date", when(line, LineState.EXCHANGED))
                .with(
                        "refund_date",
                        state.isVoid() && state != LineState.LAPSED
                                ? Days.seconds(line.life().at(now).at())
                                : null)
                .with("market_item_no", line.marketItemId())
                .with("market_discount_amount", "0.00")
                .with("product_bundle", "F")
                .with("supply_price", Won.of(line.product().supplyPrice(), isNumber));
    }

    private static LineState base(LineState rejected) {
        return rejected == LineState.CANCEL_REJECTED ? LineState.PREPARING : LineState.DELIVERED;
    }

    private static @Nullable String claimCode(Line line, LineState state) {
        if (state.isCancel()) {
            return "C" + line.id();
        }
        if (state.isReturn()) {
            return "R" + line.id();
        }
        return state.isExchange() ? "E" + line.id() : null;
    }

    private @Nullable String when(Line line, LineState state) {
        return seconds(line.life().when(state, now));
    }

    private Optional<Instant> last(Order order, LineState state) {
        return order.lines().stream()
                .flatMap(line -> line.life().when(state, now).stream())
                .max(Instant::compareTo);
    }

    private String cancelled(Order order) {
        long gone = order.lines().stream()
                .filter(line -> line.life().stateAt(now) == LineState.CANCELED
                        || line.life().stateAt(now) == LineState.LAPSED)
                .count();
        boolean isPartGone = order.lines().stream().anyMatch(line -> line.claimedQuantity(now) > 0);
        if (gone == order.lines().size()) {
            return "T";
        }
        return gone > 0 || isPartGone ? "M" : "F";
    }

    private String shipping(Order order) {
        boolean isSent = order.lines().stream()
                .anyMatch(line -> line.life().when(LineState.SHIPPING, now).isPresent());
        boolean isThere = order.lines().stream()
                .anyMatch(line -> line.life().when(LineState.DELIVERED, now).isPresent());
        return isThere ? "T" : isSent ? "M" : "F";
    }

    private static Fields amounts(Amounts amounts, boolean isNumber) {
        return Fields.of("order_price_amount", Won.of(amounts.price(), isNumber))
                .with("shipping_fee", Won.of(amounts.shipping(), isNumber))
                .with("points_spent_amount", Won.of(amounts.points(), isNumber))
                .with("credits_spent_amount", "0.00")
                .with("coupon_discount_price", Won.of(amounts.coupon(), isNumber))
                .with("coupon_shipping_fee_amount", "0.00")
                .with("membership_discount_amount", "0.00")
                .with("shipping_fee_discount_amount", "0.00")
                .with("set_product_discount_amount", "0.00")
                .with("app_discount_amount", "0.00")
                .with("point_incentive_amount", "0.00")
                .with("additional_discount_price", Won.of(amounts.additional(), isNumber))
                .with("total_amount_due", Won.of(amounts.due(), isNumber))
                .with("payment_amount", Won.of(amounts.due(), isNumber))
                .with("market_other_discount_amount", "0.00")
                .with("tax", null);
    }

    private static String placeName(String place) {
        return switch (place) {
            case "mobile" -> "모바일웹";
            case "mobile_d" -> "모바일웹(기본)";
            case "NCHECKOUT" -> "네이버 페이";
            case "shopn" -> "스마트스토어";
            default -> "PC쇼핑몰";
        };
    }

    private static @Nullable String seconds(Optional<Instant> instant) {
        return instant.map(Days::seconds).orElse(null);
    }

    private static String flag(boolean isTrue) {
        return isTrue ? "T" : "F";
    }
}
