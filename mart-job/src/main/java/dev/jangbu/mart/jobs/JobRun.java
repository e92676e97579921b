package dev.jangbu.mart.jobs;

import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.mart.report.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job, as {@code ops.job_runs} has it.
 *
 * @param rows it wrote; null where it told none
 * @param seconds wall time; so far while it runs, null where unknown
 * @param exitCode null while it runs and where it was lost
 * @param message why it failed, one line fit to be shown; empty where all went well
 */
record JobRun(
        String runId,
        String job,
        String dataset,
        String slice,
        LocalDate businessDate,
        String attempt,
        RunState state,
        @Nullable Long rows,
        @Nullable BigDecimal seconds,
        Instant startedAt,
        @Nullable Integer exitCode,
        String message) {
    private static final String MART_JOB = "mart-job";
    private static final String REPORT = "report";

    boolean isWhole() {
        return slice.equals(RunRequest.WHOLE);
    }

    /** A build of a mart, one of several of its day. */
    boolean isMart() {
        return job.equals(MART_JOB) && !slice.equals(REPORT);
    }

    /** The line of the list it is folded into: its job, and reports apart from the marts. */
    String line() {
        return job.equals(MART_JOB) && slice.equals(REPORT) ? MART_JOB + " " + REPORT : job;
    }

    /** What is run once at a time: job, dataset and slice of its day. */
    String identity() {
        return businessDate + "/" + job + "/" + dataset + "/" + slice;
    }

    Step step() {
        return new Step(job, slice, state.word(), startedAt, seconds, runId, message);
    }
}
