package dev.jangbu.mart.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a day stands, over all its jobs. */
public enum Verdict {
    /** Checked, loaded, and every mart built; the books balance. */
    PASSED,
    /** The latest checks refused the day; nothing of it was loaded. */
    QUALITY_FAILED,
    /** Some job has not run, failed, or is older than the job before it. */
    INCOMPLETE,
    /** No job has run for the day. */
    NEVER_RUN;

    /** As in the JSON report: {@code quality_failed}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
