package dev.jangbu.extract.smartstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jangbu.extract.http.Promised;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A product order, with the platform's names: what is read of it, and nothing beside. Names, phones, addresses and customs
 * codes are not among it.
 *
 * @param lastChange of the change feed; null where it was asked for otherwise
 */
@JsonNaming(LowerCamelCaseStrategy.class)
record ProductOrder(
        Order order,
        Item productOrder,
        @Nullable Delivery delivery,
        @Nullable Claims currentClaim,
        @Nullable LastChange lastChange) {
    ProductOrder {
        Promised.present("order", order);
        Promised.present("productOrder", productOrder);
    }

    /**
     * The order it is part of.
     *
     * @param ordererNo who ordered; taken out before it is written
     * @param customerKey in its place
     */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record Order(
            String orderId,
            @Nullable String orderDate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String ordererNo,

            @JsonProperty("customer_key") @Nullable String customerKey,
            @Nullable String paymentDate,
            @Nullable String paymentMeans,
            @Nullable String payLocationType,
            @Nullable BigDecimal generalPaymentAmount,
            @Nullable BigDecimal naverMileagePaymentAmount,
            @Nullable BigDecimal chargeAmountPaymentAmount,
            @Nullable BigDecimal checkoutAccumulationPaymentAmount,
            @Nullable BigDecimal payLaterPaymentAmount,
            @Nullable BigDecimal orderDiscountAmount) {
        Order {
            Promised.present("orderId", orderId);
        }

        Order pseudonymous(Function<@Nullable String, @Nullable String> keys) {
            return new Order(
                    orderId,
                    orderDate,
                    null,
                    keys.apply(ordererNo),
                    paymentDate,
                    paymentMeans,
                    payLocationType,
                    generalPaymentAmount,
                    naverMileagePaymentAmount,
                    chargeAmountPaymentAmount,
                    checkoutAccumulationPaymentAmount,
                    payLaterPaymentAmount,
                    orderDiscountAmount);
        }

        @Override
        public String toString() {
            return "Order[" + orderId + "]";
        }
    }

    /** The line itself. {@code productImediateDiscountAmount} is how the platform spells it. */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record Item(
            String productOrderId,
            @Nullable String productOrderStatus,
            @Nullable String claimType,
            @Nullable String claimStatus,
            @Nullable String placeOrderStatus,
            @Nullable String placeOrderDate,
            @Nullable String decisionDate,
            @Nullable String productId,
            @Nullable String originalProductId,
            @Nullable String merchantChannelId,
            @Nullable String productName,
            @Nullable String productClass,
            @Nullable String productOption,
            @Nullable String optionCode,
            @Nullable String optionManageCode,
            @Nullable BigDecimal optionPrice,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal initialQuantity,
            @Nullable BigDecimal remainQuantity,
            @Nullable BigDecimal unitPrice,
            @Nullable BigDecimal totalProductAmount,
            @Nullable BigDecimal productDiscountAmount,
            @Nullable BigDecimal productImediateDiscountAmount,
            @Nullable BigDecimal productProductDiscountAmount,
            @Nullable BigDecimal sellerBurdenDiscountAmount,
            @Nullable BigDecimal totalPaymentAmount,
            @Nullable BigDecimal initialPaymentAmount,
            @Nullable BigDecimal remainPaymentAmount,
            @Nullable BigDecimal deliveryFeeAmount,
            @Nullable BigDecimal deliveryDiscountAmount,
            @Nullable BigDecimal sectionDeliveryFee,
            @Nullable BigDecimal expectedSettlementAmount,
            @Nullable BigDecimal paymentCommission,
            @Nullable BigDecimal saleCommission,
            @Nullable BigDecimal channelCommission,
            @Nullable BigDecimal knowledgeShoppingSellingInterlockCommission,
            @Nullable String sellerProductCode,
            @Nullable String inflowPath,
            @Nullable String packageNumber) {
        Item {
            Promised.present("productOrderId", productOrderId);
        }
    }

    /** When it went out and arrived. */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record Delivery(
            @Nullable String deliveryStatus,
            @Nullable String sendDate,
            @Nullable String pickupDate,
            @Nullable String deliveredDate,
            @Nullable String deliveryMethod,
            @Nullable String deliveryCompany) {}

    /** At most one of them is there. */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record Claims(
            @Nullable Claim cancel,
            @JsonProperty("return") @Nullable Claim returned,
            @Nullable Claim exchange) {
        boolean isEmpty() {
            return cancel == null && returned == null && exchange == null;
        }
    }

    /** What its end is called depends on its kind. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(LowerCamelCaseStrategy.class)
    record Claim(
            @Nullable String claimStatus,
            @Nullable String claimRequestDate,
            @Nullable BigDecimal requestQuantity,
            @Nullable String cancelCompletedDate,
            @Nullable String returnCompletedDate,
            @Nullable String reDeliveryOperationDate) {}

    /** The latest row of the change feed. */
    @JsonNaming(LowerCamelCaseStrategy.class)
    record LastChange(String lastChangedType, String lastChangedDate) {}
}
