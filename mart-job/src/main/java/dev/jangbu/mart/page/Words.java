package dev.jangbu.mart.page;

import java.util.Map;

/** The same thing said in Korean and in English; the reader chooses which to see. */
public record Words(String korean, String english) {
    private static final Map<String, Words> CHECKS = Map.of(
            "required_fields", new Words("필수 항목", "Required fields"),
            "unique_event_id", new Words("중복 이벤트", "Unique event id"),
            "value_range", new Words("값의 범위", "Value range"),
            "funnel_sequence", new Words("행동 순서", "Funnel sequence"),
            "timestamp_valid", new Words("시각", "Timestamp"),
            "order_amount", new Words("주문 금액", "Order amount"),
            "platform_device", new Words("플랫폼·기기", "Platform and device"));

    /** What reads the same in both. */
    public static Words same(String text) {
        return new Words(text, text);
    }

    /** A check by its name; one this version does not know is called as it is. */
    public static Words ofCheck(String name) {
        return CHECKS.getOrDefault(name, same(name));
    }

    /** For places that hold one text only, such as a tooltip. */
    public String both() {
        return korean.equals(english) ? korean : korean + " " + english;
    }
}
