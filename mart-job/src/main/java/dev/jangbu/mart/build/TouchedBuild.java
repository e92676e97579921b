package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.mart.definition.Mart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds each touched day of a mart, a transaction a day: a run killed midway has the days it had done, and the next one
 * goes on with the others. A day whose check fails stays as it was and does not stop the others; the run fails at the end.
 */
final class TouchedBuild {
    private static final Logger log = LoggerFactory.getLogger(TouchedBuild.class);

    private final Mart mart;
    private final RunContext context;
    private final TouchedDays touched;
    private final DayBuild build;

    TouchedBuild(Mart mart, RunContext context, TouchedDays touched, DayBuild build) {
        this.mart = mart;
        this.context = context;
        this.touched = touched;
        this.build = build;
    }

    void run() {
        List<LocalDate> days = touched.waiting();
        List<JobFailure> failures = new ArrayList<>();
        long rows = 0;
        long warnings = 0;
        for (LocalDate day : days) {
            try {
                DayBuild.Built built = build.run(day);
                built.warnings().forEach(warning -> warning.log(mart.name(), day));
                rows += built.inserted();
                warnings += built.warnings().size();
            } catch (JobFailure failure) {
                failures.add(requireFailed(failure));
                log.error("mart={} ds={} state=failed reason=\"{}\"", mart.name(), day, failure.getMessage());
            }
        }
        context.summary()
                .fact("rows", rows)
                .fact("days_waiting", days.size())
                .fact("days_built", days.size() - failures.size())
                .fact("warnings", warnings);
        requireAll(days, failures);
    }

    /** Only what is wrong with one day lets the others go on: a lost lock or database is wrong with all. */
    private static JobFailure requireFailed(JobFailure failure) {
        if (failure.exitCode() != ExitCode.FAILED) {
            throw failure;
        }
        return failure;
    }

    private static void requireAll(List<LocalDate> days, List<JobFailure> failures) {
        if (!failures.isEmpty()) {
            JobFailure first = failures.get(0);
            throw new JobFailure(
                    ExitCode.FAILED,
                    failures.size() + " of " + days.size() + " touched days not built; the first: "
                            + first.getMessage(),
                    first);
        }
    }
}
