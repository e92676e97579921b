package dev.jangbu.extract.cafe24;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as it lands: its own fields, then who bought it, as a pseudonym, and the coupons used on it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LandedOrder(@JsonUnwrapped Order order, @Nullable String customerKey, List<OrderCoupon> coupons) {
    LandedOrder {
        coupons = List.copyOf(coupons);
    }
}
