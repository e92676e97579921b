package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a coupon took off an order, or off one of its items. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderCoupon(
        String orderId,
        @Nullable String orderItemCode,
        @Nullable String couponName,
        @Nullable String couponCode,
        @Nullable BigDecimal couponPercent,
        @Nullable BigDecimal couponValue,
        @Nullable BigDecimal couponValueFinal) {
    OrderCoupon {
        present("order_id", orderId);
    }
}
