package dev.jangbu.mart.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest run of one job and slice for a day.
 *
 * @param status the run's word: {@code done}, {@code quality_failed}, {@code running}, {@code killed}, …
 * @param seconds null where it has not ended
 * @param facts what it counted, by name
 */
record RunStep(
        String job,
        String slice,
        String status,
        String message,
        @Nullable BigDecimal seconds,
        Instant startedAt,
        String runId,
        Map<String, Object> facts) {
    static final String DONE = "done";
    static final String MART_JOB = "mart-job";
    static final String REPORT = "report";

    boolean isDone() {
        return status.equals(DONE);
    }

    /** A build of a mart, and not a report. */
    boolean isMart() {
        return job.equals(MART_JOB) && !slice.equals(REPORT);
    }

    boolean isReport() {
        return job.equals(MART_JOB) && slice.equals(REPORT);
    }

    /** A count the run told; null where it told none. */
    @Nullable
    Long count(String fact) {
        return facts.get(fact) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    String text(String fact) {
        return facts.get(fact) instanceof String text ? text : "";
    }
}
