package dev.jangbu.kit.exit;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a job ends, as the process's exit code: the contract with the orchestrator. The codes keep away from what a JVM or
 * a shell exits with by itself. Changing one is a decision record.
 */
public enum ExitCode {
    /** Done; go on. */
    DONE(0),
    /** Failed; a retry may help. */
    FAILED(1),
    /** Bad arguments, settings, or a database that was never migrated; a retry cannot help. */
    USAGE(2),
    /** The day's data did not pass its checks: a verdict, not a crash. */
    QUALITY_FAILED(10),
    /** The database or a source stayed unavailable for as long as the job may wait. */
    UNAVAILABLE(11),
    /** Another run holds this slice. */
    HELD(12);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Of a code; {@link #FAILED} for one that is none of these. */
    public static ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(known -> known.code == code)
                .findFirst()
                .orElse(FAILED);
    }

    /** The word of the run's summary: {@code done}, {@code quality_failed}, … */
    public String status() {
        return name().toLowerCase(Locale.ROOT);
    }
}
