package dev.jangbu.mart.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report's list of runs.
 *
 * @param message one line; empty when all went well
 * @param seconds null where the run has not ended
 */
public record Step(
        String job, String slice, String status, @Nullable BigDecimal seconds, String runId, String message) {}
