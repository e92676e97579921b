package dev.jangbu.sandbox.shop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where a shop sells, or is looked at. */
public enum Channel {
    CAFE24,
    NAVER,
    ABLY,
    GA4;

    /** Those with orders. */
    public static final List<Channel> SELLING = List.of(CAFE24, NAVER, ABLY);

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel parse(String text) {
        return Arrays.stream(values())
                .filter(channel -> channel.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("channel: " + text + " (expected: cafe24, naver, ably, ga4)"));
    }
}
