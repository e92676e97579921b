package dev.jangbu.mart.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.mart.report.Terminal.Ink;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a run stands, from the worst to the best: the words of {@code ops.job_runs.state}. */
enum RunState {
    /** Ended without a word, or has had no heartbeat for 30 s. */
    LOST,
    /** Ended with an exit code that is neither 0 nor a verdict. */
    FAILED,
    /** The day's data did not pass. */
    QUALITY_FAILED,
    /** Asked to stop before its end. */
    STOPPED,
    /** On its way, with a heartbeat. */
    RUNNING,
    /** Done. */
    DONE;

    /** @throws JobFailure with {@link ExitCode#USAGE} for a word that is none */
    static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new JobFailure(ExitCode.USAGE, "--state: " + word + " (expected: " + words() + ")"));
    }

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether someone should look at it. */
    boolean isTrouble() {
        return this != DONE && this != RUNNING;
    }

    String paint(Ink ink, String text) {
        return switch (this) {
            case LOST, FAILED, QUALITY_FAILED -> ink.red(text);
            case STOPPED, RUNNING -> ink.yellow(text);
            case DONE -> ink.green(text);
        };
    }

    private static String words() {
        return Arrays.stream(values()).map(RunState::word).collect(Collectors.joining(", "));
    }
}
