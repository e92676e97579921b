package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * What one run was asked for. (job, dataset, slice, businessDate) is its identity: two runs of one identity never work at
 * once. The slice is {@link #WHOLE} or whatever may run beside its brothers, such as a mart's name.
 *
 * @param attempt the orchestrator's name for this try; does not identify
 */
public record RunRequest(
        String job, String dataset, String slice, LocalDate businessDate, String attempt, Workspace workspace) {
    /** The slice of a run that does the whole day. */
    public static final String WHOLE = Workspace.WHOLE_DAY;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public RunRequest {
        requireName("job", job);
        requireName("dataset", dataset);
        requireName("slice", slice);
        requireName("--attempt", attempt);
    }

    /** The identity as one word, for locks and messages: {@code load-job/events/all/2026-01-15}. */
    public String identity() {
        return job + "/" + dataset + "/" + slice + "/" + businessDate;
    }

    private static void requireName(String name, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    name + ": " + value + " (expected: letters, digits, dot, dash or underscore, at most 100)");
        }
    }
}
