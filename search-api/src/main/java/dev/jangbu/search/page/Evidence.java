package dev.jangbu.search.page;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an anomaly was judged by, in words. A name this version does not know is shown as it is. */
final class Evidence {
    private static final Map<String, String> NAMES = names();

    private Evidence() {}

    static String name(String key) {
        return NAMES.getOrDefault(key, key);
    }

    static String value(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(Evidence::value).collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "예" : "아니요";
        }
        if (value.isNumber()) {
            return Show.figure(value.decimalValue());
        }
        return value.isObject() ? value.toString() : value.asString();
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        names.put("week_unit_price", "앞 7일 객단가");
        names.put("week_payments", "앞 7일 결제 수");
        names.put("week_start", "앞 7일의 첫날");
        names.put("week_end", "앞 7일의 끝날");
        names.put("factor", "기준 배수");
        names.put("is_canceled", "취소된 거래");
        names.put("nth", "연속 몇 번째");
        names.put("in_a_row", "기준 횟수");
        names.put("sales", "거래");
        names.put("first_sold_at", "첫 거래 (UTC)");
        names.put("card", "카드 (앞자리)");
        names.put("hour", "시각 (시)");
        names.put("hour_payments", "같은 시간대 결제 수");
        names.put("median_amount", "중앙값");
        names.put("log_deviation", "로그 편차");
        names.put("profile_date", "평소를 잰 날");
        names.put("threshold", "기준 점수");
        names.put("approvals", "승인 수");
        names.put("stores", "가맹점");
        names.put("began_at", "시작 (UTC)");
        names.put("ended_at", "끝 (UTC)");
        names.put("minutes", "기준 시간 (분)");
        names.put("cancellations", "취소 수");
        names.put("share", "취소 비율");
        names.put("usual_share", "평소 취소 비율");
        names.put("history_sales", "평소의 거래 수");
        names.put("history_cancellations", "평소의 취소 수");
        names.put("usual_hours", "평소 영업 시간 (시)");
        names.put("store_payments", "가맹점 결제 수");
        names.put("hours_away", "기준 시간 차");
        return names;
    }
}
