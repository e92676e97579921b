package dev.jangbu.transform.orders;

import java.util.Map;

/** The labels Ably's seller pages show. */
final class AblyStatus {
    private static final Map<String, StatusReading> LABELS = Map.ofEntries(
            plain("입금대기", ItemStatus.PENDING_PAYMENT),
            plain("결제완료", ItemStatus.PAID),
            plain("상품준비중", ItemStatus.PREPARING),
            plain("배송중", ItemStatus.SHIPPING),
            plain("배송완료", ItemStatus.DELIVERED),
            plain("구매확정", ItemStatus.CONFIRMED),
            claim("취소요청", ItemStatus.CANCEL_REQUESTED, Claim.Type.CANCEL, Claim.State.REQUESTED),
            claim("취소완료", ItemStatus.CANCELED, Claim.Type.CANCEL, Claim.State.DONE),
            claim("반품요청", ItemStatus.RETURN_REQUESTED, Claim.Type.RETURN, Claim.State.REQUESTED),
            claim("반품중", ItemStatus.RETURN_REQUESTED, Claim.Type.RETURN, Claim.State.REQUESTED),
            claim("반품완료", ItemStatus.RETURNED, Claim.Type.RETURN, Claim.State.DONE),
            claim("교환요청", ItemStatus.EXCHANGE_REQUESTED, Claim.Type.EXCHANGE, Claim.State.REQUESTED),
            claim("교환중", ItemStatus.EXCHANGE_REQUESTED, Claim.Type.EXCHANGE, Claim.State.REQUESTED),
            claim("교환완료", ItemStatus.EXCHANGED, Claim.Type.EXCHANGE, Claim.State.DONE));

    private AblyStatus() {}

    static StatusReading read(String label) {
        return LABELS.getOrDefault(label, StatusReading.unknown());
    }

    private static Map.Entry<String, StatusReading> plain(String label, ItemStatus status) {
        return Map.entry(label, StatusReading.of(status, Claim.NONE));
    }

    private static Map.Entry<String, StatusReading> claim(
            String label, ItemStatus status, Claim.Type type, Claim.State state) {
        return Map.entry(label, StatusReading.of(status, new Claim(type, state)));
    }
}
