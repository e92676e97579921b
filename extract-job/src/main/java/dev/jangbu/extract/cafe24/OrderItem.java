package dev.jangbu.extract.cafe24;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An item of an order. What is missing is for the checks to refuse. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderItem(
        @Nullable String itemNo,
        @Nullable String orderItemCode,
        @Nullable String variantCode,
        @Nullable String productNo,
        @Nullable String productCode,
        @Nullable String customProductCode,
        @Nullable String optionId,
        @Nullable String optionValue,
        @Nullable String productName,
        @Nullable BigDecimal productPrice,
        @Nullable BigDecimal optionPrice,
        @Nullable BigDecimal additionalDiscountPrice,
        @Nullable BigDecimal couponDiscountPrice,
        @Nullable BigDecimal appItemDiscountAmount,
        @Nullable BigDecimal paymentAmount,
        @Nullable BigDecimal quantity,
        @Nullable String claimCode,
        @Nullable BigDecimal claimQuantity,
        @Nullable String orderStatus,
        @Nullable String orderStatusBeforeCs,
        @Nullable String statusCode,
        @Nullable String statusText,
        @Nullable String orderedDate,
        @Nullable String placeDate,
        @Nullable String shippedDate,
        @Nullable String deliveredDate,
        @Nullable String purchaseconfirmationDate,
        @Nullable String cancelDate,
        @Nullable String cancelRequestDate,
        @Nullable String returnRequestDate,
        @Nullable String returnConfirmedDate,
        @Nullable String exchangeRequestDate,
        @Nullable String exchangeDate,
        @Nullable String refundDate,
        @Nullable String naverPayOrderId,
        @Nullable String marketItemNo,
        @Nullable BigDecimal marketDiscountAmount,
        @Nullable BigDecimal commission,
        @Nullable String productBundle,
        @Nullable BigDecimal supplyPrice) {}
