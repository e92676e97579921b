package dev.jangbu.mart.gaps;

import java.time.LocalDate;

/**
 * The last run of a job and slice that is not done.
 *
 * @param state the word of {@code ops.job_runs}: {@code running}, {@code failed}, {@code quality_failed}, …
 */
record LastRun(LocalDate day, String job, String slice, String state, String message) {
    private static final String WHOLE = "all";

    boolean isRunning() {
        return state.equals("running");
    }

    boolean isRefusal() {
        return state.equals("quality_failed");
    }

    /** {@code load-job}, {@code mart-job mart_orders}. */
    String name() {
        return slice.equals(WHOLE) ? job : job + " " + slice;
    }

    /** The step of the day that failed, and those after it. */
    Repair repair() {
        return switch (job) {
            case "extract-job" -> Repair.RUN;
            case "transform-job" -> Repair.VALIDATE;
            case "load-job" -> Repair.LOAD;
            default -> Repair.MARTS;
        };
    }
}
