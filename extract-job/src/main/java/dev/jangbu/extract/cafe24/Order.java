package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is asked for, with its items.
 *
 * @param memberId read, to make a pseudonym of, and never written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Order(
        String orderId,
        @Nullable String shopNo,
        @Nullable String currency,
        @Nullable String marketId,
        @Nullable String marketOrderNo,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable
        String memberId,

        @Nullable OrderAmount initialOrderAmount,
        @Nullable OrderAmount actualOrderAmount,
        @Nullable List<String> paymentMethod,
        @Nullable String paid,
        @Nullable String canceled,
        @Nullable String orderDate,
        @Nullable String firstOrder,
        @Nullable String paymentDate,
        @Nullable String orderFromMobile,
        @Nullable BigDecimal paymentAmount,
        @Nullable String cancelDate,
        @Nullable String orderPlaceName,
        @Nullable String orderPlaceId,
        @Nullable String shippingType,
        @Nullable String shippingStatus,
        @Nullable String returnConfirmedDate,
        @Nullable BigDecimal naverPoint,
        @Nullable String subscription,
        @Nullable BigDecimal exchangeRate,
        List<OrderItem> items)
        implements OfShop {
    Order {
        present("order_id", orderId);
        items = List.copyOf(present("items", items));
    }

    /** Without who it is of. */
    @Override
    public String toString() {
        return "Order[" + orderId + "]";
    }

    /** Whether it is SmartStore's, brought into the mall by an import: it would be counted twice. */
    boolean isOfSmartStore() {
        return "shopn".equals(orderPlaceId);
    }

    /** Whether a coupon took something off it, or it does not say. */
    boolean mayHaveCoupons() {
        OrderAmount amount = initialOrderAmount;
        return amount == null
                || isSome(amount.couponDiscountPrice())
                || isSome(amount.couponShippingFeeAmount())
                || items.stream().anyMatch(item -> isSome(item.couponDiscountPrice()));
    }

    private static boolean isSome(@Nullable BigDecimal amount) {
        return amount == null || amount.signum() != 0;
    }
}
