package dev.jangbu.extract.ably;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A line that was sold, its texts as Ably shows them. Who bought it is not among them, but for a pseudonym.
 *
 * @param quantity null where there is no such column
 */
record SoldLine(
        @JsonProperty("결제일") String paidAt,
        @JsonProperty("상품주문번호") String itemId,
        @JsonProperty("주문번호") String orderId,
        @JsonProperty("상품명") String productName,
        @JsonProperty("옵션") String option,
        @JsonProperty("수량") @Nullable String quantity,
        @JsonProperty("결제금액") String amount,
        @JsonProperty("주문상태") String status,
        @JsonProperty("customer_key") @Nullable String customerKey) {}
