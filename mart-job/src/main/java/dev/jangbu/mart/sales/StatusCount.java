package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Words;
import java.util.Map;

/** How many of the orders placed lately are in a status by now. */
record StatusCount(String status, long orders, long openClaims) {
    private static final Map<String, Words> NAMES = Map.ofEntries(
            Map.entry("PENDING_PAYMENT", new Words("입금 대기", "Awaiting payment")),
            Map.entry("PAID", new Words("결제 완료", "Paid")),
            Map.entry("PREPARING", new Words("상품 준비 중", "Preparing")),
            Map.entry("SHIPPING", new Words("배송 중", "Shipping")),
            Map.entry("DELIVERED", new Words("배송 완료", "Delivered")),
            Map.entry("CONFIRMED", new Words("구매 확정", "Confirmed")),
            Map.entry("CANCEL_REQUESTED", new Words("취소 요청", "Cancellation requested")),
            Map.entry("CANCELED", new Words("취소 완료", "Canceled")),
            Map.entry("RETURN_REQUESTED", new Words("반품 요청", "Return requested")),
            Map.entry("RETURNED", new Words("반품 완료", "Returned")),
            Map.entry("EXCHANGE_REQUESTED", new Words("교환 요청", "Exchange requested")),
            Map.entry("EXCHANGED", new Words("교환 완료", "Exchanged")),
            Map.entry("UNKNOWN", new Words("알 수 없음", "Unknown")));

    /** One this version does not know is called as it is. */
    Words words() {
        return NAMES.getOrDefault(status, Words.same(status));
    }
}
