package dev.jangbu.extract.window;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a window is asked for with.
 *
 * @param accountId as {@code accounts list} shows it
 * @param isReconcile a run of a slice of its own, which reads the last 90 days again
 * @param fromDate the first day to read, for a first load or to read again; null for what comes after the last load
 * @param toDate the last day to read, for a first load in pieces; null for everything until now
 */
public record WindowOptions(
        String accountId,
        boolean isReconcile,
        @Nullable LocalDate fromDate,
        @Nullable LocalDate toDate) {
    private static final String RECONCILE = ".reconcile";

    public WindowOptions {
        if (isReconcile && fromDate != null) {
            throw new JobFailure(
                    ExitCode.USAGE, "--from-date: given with --reconcile (expected: one of them; it reads 90 days)");
        }
        if (toDate != null && (fromDate == null || toDate.isBefore(fromDate))) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--to-date: " + toDate + " (expected: "
                            + (fromDate == null ? "given with --from-date" : fromDate + " or later") + ")");
        }
    }

    /** Until now. */
    public WindowOptions(String accountId, boolean isReconcile, @Nullable LocalDate fromDate) {
        this(accountId, isReconcile, fromDate, null);
    }

    /** The run's slice: the account, or the account and a dot and {@code reconcile}. */
    public String slice() {
        return isReconcile ? accountId + RECONCILE : accountId;
    }
}
