package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Money that went back; nothing of where to. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Refund(
        String refundCode,
        @Nullable String orderId,
        @Nullable List<String> orderItemCode,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal actualRefundAmount,
        @Nullable BigDecimal usedPoints,
        @Nullable BigDecimal usedCredits,
        @Nullable String acceptedRefundDate,
        @Nullable String refundDate,
        @Nullable String status) {
    Refund {
        present("refund_code", refundCode);
    }
}
