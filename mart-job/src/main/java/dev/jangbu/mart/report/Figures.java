package dev.jangbu.mart.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the day's tables hold. What comes from a mart is null where that mart was not built.
 *
 * @param events rows of the day in the raw table
 * @param purchases purchase events
 * @param orders orders, repeated ones once
 * @param revenue sum of the orders, in the profile's currency
 */
public record Figures(
        long events,
        @Nullable Long users,
        @Nullable Long sessions,
        @Nullable Long purchases,
        @Nullable Long orders,
        @Nullable BigDecimal revenue) {

    public Figures {
        revenue = revenue == null ? null : revenue.setScale(2, RoundingMode.HALF_UP);
    }
}
