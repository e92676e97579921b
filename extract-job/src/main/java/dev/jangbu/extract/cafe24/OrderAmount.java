package dev.jangbu.extract.cafe24;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The amounts of an order: as it was made, or as it is now. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderAmount(
        @Nullable BigDecimal orderPriceAmount,
        @Nullable BigDecimal shippingFee,
        @Nullable BigDecimal pointsSpentAmount,
        @Nullable BigDecimal creditsSpentAmount,
        @Nullable BigDecimal couponDiscountPrice,
        @Nullable BigDecimal couponShippingFeeAmount,
        @Nullable BigDecimal membershipDiscountAmount,
        @Nullable BigDecimal shippingFeeDiscountAmount,
        @Nullable BigDecimal setProductDiscountAmount,
        @Nullable BigDecimal appDiscountAmount,
        @Nullable BigDecimal additionalDiscountPrice,
        @Nullable BigDecimal pointIncentiveAmount,
        @Nullable BigDecimal totalAmountDue,
        @Nullable BigDecimal paymentAmount,
        @Nullable BigDecimal marketOtherDiscountAmount,
        @Nullable BigDecimal tax) {}
