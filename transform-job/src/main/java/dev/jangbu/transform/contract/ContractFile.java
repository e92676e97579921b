package dev.jangbu.transform.contract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contract file as it is written. What it leaves out is as in the default contract; every difference says why.
 *
 * @param why what the source is and how it differs, for people
 */
record ContractFile(
        String profile,
        @Nullable Integer version,
        @Nullable String why,
        @Nullable String currency,
        @Nullable Years years,
        @Nullable BigDecimal amountTolerance,
        @Nullable Map<String, String> patterns,
        @Nullable Map<String, Span> limits,
        @Nullable CannotHave cannotHave,
        @Nullable Map<String, Treatment> checks) {

    record Years(int first, int last, @Nullable String why) {}

    record Span(
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable String why) {}

    record CannotHave(List<String> fields, @Nullable String why) {}

    record Treatment(
            @Nullable BigDecimal threshold,
            @Nullable Severity severity,
            @Nullable Fate fate,
            @Nullable String why) {}
}
