package dev.jangbu.sandbox.shop;

import java.util.Arrays;
import java.util.Locale;

/** What kind of shop it is. */
public enum Scenario {
    /** A dozen orders a day on each channel, with the edge rows on the first of every month. */
    DEFAULT,
    /** 5,350 products; 1,000 orders on the first of every month, 1,001 on the second; 250,001 traffic sources on the first. */
    PAGING,
    /** Open, and nobody buys. */
    QUIET;

    public static Scenario parse(String text) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("scenario: " + text + " (expected: default, paging, quiet)"));
    }
}
