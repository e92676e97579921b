package dev.jangbu.mart.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The latest build of one mart for the day.
 *
 * @param rows of the day; null where it was not built
 * @param seconds null where it was not built or has not ended
 * @param status of its run; {@code missing} where it never ran, {@code stale} where it is older than the load
 */
public record BuiltMart(
        String name, @Nullable Long rows, @Nullable BigDecimal seconds, String status) {
    static final String MISSING = "missing";
    static final String STALE = "stale";

    boolean isDone() {
        return status.equals(RunStep.DONE);
    }
}
