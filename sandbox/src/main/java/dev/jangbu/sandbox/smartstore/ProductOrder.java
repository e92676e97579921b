package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line of an order, as SmartStore sells it. */
record ProductOrder(Order order, Line line) {
    NaverStatus status(Instant now) {
        return NaverStatus.of(line.life().stateAt(now), line.life().before(now));
    }

    /** A row of the change feed. */
    Fields change(Change change, Instant now) {
        NaverStatus status = status(now);
        return Fields.of("orderId", order.id())
                .with("productOrderId", line.id())
                .with("lastChangedType", change.type())
                .with("paymentDate", millis(line.life().when(LineState.PAID, now)))
                .with("lastChangedDate", Days.millis(change.at()))
                .with("productOrderStatus", status.productOrder())
                .with("claimType", status.claimType())
                .with("claimStatus", status.claimStatus())
                .with("receiverAddressChanged", false);
    }

    Fields json(Instant now) {
        return Fields.of("order", orderFields(now))
                .with("productOrder", productOrderFields(now))
                .with("delivery", delivery(now))
                .with("currentClaim", claim(now));
    }

    private Fields orderFields(Instant now) {
        return Fields.of("orderId", order.id())
                .with("orderDate", Days.millis(order.orderedAt()))
                .with("ordererNo", String.valueOf(order.buyer().number()))
                .with("ordererId", "abc***")
                .with("ordererName", order.buyer().name())
                .with("ordererTel", order.buyer().phone())
                .with("paymentDate", millis(line.life().when(LineState.PAID, now)))
                .with("paymentMeans", order.payment().equals("card") ? "신용카드" : "무통장입금")
                .with("payLocationType", order.isMobile() ? "MOBILE" : "PC")
                .with("generalPaymentAmount", order.payable())
                .with("naverMileagePaymentAmount", order.points())
                .with("chargeAmountPaymentAmount", 0)
                .with("checkoutAccumulationPaymentAmount", 0)
                .with("payLaterPaymentAmount", 0)
                .with("orderDiscountAmount", order.orderDiscount());
    }

    private Fields productOrderFields(Instant now) {
        NaverStatus status = status(now);
        int remaining = line.remainingQuantity(now);
        long paid = line.afterDiscount();
        return Fields.of("productOrderId", line.id())
                .with("productOrderStatus", status.productOrder())
                .with("claimType", status.claimType())
                .with("claimStatus", status.claimStatus())
                .with("placeOrderStatus", status.place())
                .with("placeOrderDate", millis(line.life().when(LineState.PREPARING, now)))
                .with("decisionDate", millis(line.life().when(LineState.CONFIRMED, now)))
                .with("productId", String.valueOf(90_000 + line.product().number()))
                .with(
                        "originalProductId",
                        String.valueOf(80_000 + line.product().number()))
                .with("merchantChannelId", "100")
                .with("productName", line.product().name())
                .with("productClass", "조합형옵션상품")
                .with("productOption", line.optionText().replace("=", ": "))
                .with("optionCode", String.valueOf(3_000 + line.option()))
                .with("optionManageCode", line.product().sellerCode() + "-" + line.option())
                .with("optionPrice", line.optionPrice())
                .with("quantity", remaining == 0 ? line.quantity() : remaining)
                .with("initialQuantity", line.quantity())
                .with("remainQuantity", remaining)
                .with("unitPrice", line.unitPrice())
                .with("totalProductAmount", line.gross())
                .with("productDiscountAmount", line.discount())
                .with("productImediateDiscountAmount", line.additionalDiscount())
                .with("productProductDiscountAmount", line.couponDiscount())
                .with("sellerBurdenDiscountAmount", line.discount())
                .with("totalPaymentAmount", paid)
                .with("initialPaymentAmount", paid)
                .with("remainPaymentAmount", paid * remaining / line.quantity())
                .with("deliveryFeeAmount", order.shippingFee())
                .with("deliveryDiscountAmount", 0)
                .with("sectionDeliveryFee", 0)
                .with("expectedSettlementAmount", paid - commission(paid))
                .with("paymentCommission", paid * 36 / 1_000)
                .with("saleCommission", paid * 20 / 1_000)
                .with("channelCommission", 0)
                .with("knowledgeShoppingSellingInterlockCommission", 0)
                .with("sellerProductCode", line.product().sellerCode())
                .with("inflowPath", order.isFirst() ? "네이버쇼핑" : "스토어")
                .with("packageNumber", "P" + order.id());
    }

    private @Nullable Fields delivery(Instant now) {
        Optional<Instant> sent = line.life().when(LineState.SHIPPING, now);
        if (sent.isEmpty()) {
            return null;
        }
        Optional<Instant> there = line.life().when(LineState.DELIVERED, now);
        return Fields.of("deliveryStatus", there.isPresent() ? "DELIVERY_COMPLETION" : "DELIVERING")
                .with("sendDate", millis(sent))
                .with("pickupDate", millis(sent))
                .with("deliveredDate", millis(there))
                .with("deliveryMethod", "DELIVERY")
                .with("deliveryCompany", "CJGLS")
                .with("trackingNumber", "60" + line.id());
    }

    private @Nullable Fields claim(Instant now) {
        NaverStatus status = status(now);
        if (status.claimType() == null) {
            return null;
        }
        LineState state = line.life().stateAt(now);
        LineState requested = state.isCancel()
                ? LineState.CANCEL_REQUESTED
                : state.isReturn() ? LineState.RETURN_REQUESTED : LineState.EXCHANGE_REQUESTED;
        String name = state.isCancel() ? "cancel" : state.isReturn() ? "return" : "exchange";
        String done = state.isCancel()
                ? "cancelCompletedDate"
                : state.isReturn() ? "returnCompletedDate" : "reDeliveryOperationDate";
        boolean isDone = state.isVoid() || state == LineState.EXCHANGED;
        return Fields.of(
                name,
                Fields.of("claimStatus", status.claimStatus())
                        .with("claimRequestDate", millis(line.life().when(requested, now)))
                        .with("requestQuantity", line.quantity())
                        .with(done, isDone ? Days.millis(line.life().at(now).at()) : null));
    }

    private static long commission(long paid) {
        return paid * 36 / 1_000 + paid * 20 / 1_000;
    }

    private static @Nullable String millis(Optional<Instant> instant) {
        return instant.map(Days::millis).orElse(null);
    }

    /** The last one that the feed tells of. */
    record Change(ProductOrder productOrder, String type, Instant at) {
        /** As the feed is sorted. */
        static final Comparator<Change> ORDER = Comparator.comparing(Change::at)
                .thenComparing(change -> change.productOrder().line().id());

        static Optional<Change> of(ProductOrder productOrder, Instant now) {
            return productOrder
                    .line()
                    .life()
                    .told(now)
                    .map(step ->
                            new Change(productOrder, String.valueOf(step.state().event()), step.at()));
        }

        /** Grows with the change's place in the feed; of the same instant, with the id. */
        String sequence() {
            return productOrder.line().id();
        }
    }
}
