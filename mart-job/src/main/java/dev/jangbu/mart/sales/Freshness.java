package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an account's records of one kind are loaded.
 *
 * @param needs why its owner must act; null where nothing is needed
 * @param waitingDays days of the kind whose marts do not show yet what was loaded
 */
record Freshness(
        String account,
        Channel channel,
        String dataset,
        Instant loadedUntil,
        @Nullable String needs,
        long waitingDays) {
    boolean isGood() {
        return needs == null && waitingDays == 0;
    }

    Words kind() {
        return switch (dataset) {
            case "orders" -> new Words("주문", "Orders");
            case "refunds" -> new Words("환불", "Refunds");
            case "products" -> new Words("상품", "Products");
            case "coupons" -> new Words("쿠폰", "Coupons");
            case "web-traffic" -> new Words("방문", "Visits");
            default -> Words.same(dataset);
        };
    }

    Words state() {
        if (needs != null) {
            return new Words("확인 필요: " + needs, "Needs its owner: " + needs);
        }
        return waitingDays == 0
                ? new Words("최신", "Up to date")
                : new Words("집계 대기 " + waitingDays + "일", waitingDays + " days to build");
    }
}
