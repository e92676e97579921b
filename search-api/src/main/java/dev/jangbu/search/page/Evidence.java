package dev.jangbu.search.page;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an anomaly was judged by, in words and with units. A name this version does not know is shown as it is. */
final class Evidence {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @param unit behind a number */
    private record Word(String name, String unit) {}

    private static final Map<String, Word> WORDS = words();

    private Evidence() {}

    /** The names of what an anomaly was judged by, in the order people ask in: what it is, what is usual, the settings. */
    static List<String> names(JsonNode evidence) {
        List<String> order = List.copyOf(WORDS.keySet());
        return evidence.propertyNames().stream()
                .sorted(Comparator.comparingInt(key -> order.contains(key) ? order.indexOf(key) : order.size()))
                .toList();
    }

    static String name(String key) {
        Word word = WORDS.get(key);
        return word == null ? key : word.name();
    }

    /** @param offset of the zone in which times are told */
    static String value(String key, JsonNode value, ZoneOffset offset) {
        Word word = WORDS.get(key);
        String unit = word == null ? "" : word.unit();
        if (key.endsWith("_at")) {
            return time(value, offset);
        }
        if (value.isArray()) {
            return key.equals("usual_hours") ? hours(value) : numbers(value);
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "예" : "아니요";
        }
        if (!value.isNumber()) {
            return value.isObject() ? value.toString() : value.asString();
        }
        return switch (unit) {
            case "원" -> Show.won(value.decimalValue());
            case "%" -> Show.measured(value.decimalValue().multiply(HUNDRED), unit);
            default -> Show.measured(value.decimalValue(), unit);
        };
    }

    private static String time(JsonNode value, ZoneOffset offset) {
        try {
            return Show.time(OffsetDateTime.parse(value.asString()).withOffsetSameInstant(offset));
        } catch (DateTimeException noTime) {
            return value.asString();
        }
    }

    /** Of sales: numbers that name and do not count, so without a comma in them. */
    private static String numbers(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    /** Such as 11–14시, 18시. */
    private static String hours(JsonNode values) {
        List<String> spans = new ArrayList<>();
        List<Integer> hours = values.valueStream().map(JsonNode::asInt).toList();
        int first = 0;
        for (int at = 1; at <= hours.size(); at++) {
            if (at == hours.size() || hours.get(at) != hours.get(at - 1) + 1) {
                spans.add(first == at - 1 ? hours.get(first) + "시" : hours.get(first) + "–" + hours.get(at - 1) + "시");
                first = at;
            }
        }
        return String.join(", ", spans);
    }

    private static Map<String, Word> words() {
        Map<String, Word> words = new LinkedHashMap<>();
        words.put("nth", new Word("연속 몇 번째", "번째"));
        words.put("approvals", new Word("승인 수", "건"));
        words.put("cancellations", new Word("취소 수", "건"));
        words.put("sales", new Word("거래", "건"));
        words.put("share", new Word("취소 비율", "%"));
        words.put("hour", new Word("시각", "시"));
        words.put("is_canceled", new Word("취소된 거래", ""));
        words.put("card", new Word("카드 (키 앞자리)", ""));
        words.put("stores", new Word("가맹점", "곳"));
        words.put("first_sold_at", new Word("첫 거래", ""));
        words.put("began_at", new Word("시작", ""));
        words.put("ended_at", new Word("끝", ""));
        words.put("week_unit_price", new Word("앞 7일 객단가", "원"));
        words.put("week_payments", new Word("앞 7일 결제 수", "건"));
        words.put("week_start", new Word("앞 7일의 첫날", ""));
        words.put("week_end", new Word("앞 7일의 끝날", ""));
        words.put("median_amount", new Word("같은 시간대 중앙값", "원"));
        words.put("hour_payments", new Word("같은 시간대 결제 수", "건"));
        words.put("spread", new Word("금액 로그의 퍼짐 (1σ)", ""));
        words.put("usual_share", new Word("평소 취소 비율", "%"));
        words.put("usual_hours", new Word("평소 영업 시간", "시"));
        words.put("store_payments", new Word("앞 8주 결제 수", "건"));
        words.put("history_sales", new Word("앞 8주 거래 수", "건"));
        words.put("history_cancellations", new Word("앞 8주 취소 수", "건"));
        words.put("profile_date", new Word("평소를 잰 날", ""));
        words.put("factor", new Word("기준 배수", "배"));
        words.put("in_a_row", new Word("기준 횟수", "번"));
        words.put("minutes", new Word("기준 시간", "분"));
        words.put("hours_away", new Word("기준 시간 차", "시간"));
        words.put("threshold", new Word("기준 점수", "σ"));
        return words;
    }
}
