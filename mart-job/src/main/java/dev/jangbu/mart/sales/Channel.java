package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Words;
import java.util.Map;

/**
 * A place a shop sells on.
 *
 * @param code as in the marts
 * @param koreanName as in the table of channels
 */
record Channel(String code, String koreanName) {
    private static final Map<String, String> ENGLISH = Map.of(
            "CAFE24", "Own mall", "NAVER", "SmartStore", "ABLY", "Ably", "FILE", "File", "GA4", "Google Analytics");

    Words words() {
        return new Words(koreanName, ENGLISH.getOrDefault(code, code));
    }
}
