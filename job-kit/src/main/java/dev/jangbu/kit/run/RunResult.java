package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param status the word of the summary: {@code done}, {@code quality_failed}, …, {@code stopped}
 * @param code the process's exit code
 * @param message one line for people, cut where it is longer than 4,000 characters; empty when all went well
 * @param facts what the steps counted
 */
public record RunResult(String status, int code, String message, Map<String, Object> facts) {
    /** What a JVM exits with after SIGTERM. */
    private static final int STOPPED = 143;

    /** With it the summary stays below 16 kB, also where a letter takes three bytes. */
    private static final int LONGEST_MESSAGE = 4_000;

    public RunResult {
        message = shortened(message);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    static RunResult of(ExitCode exitCode, String message, RunSummary summary) {
        return new RunResult(exitCode.status(), exitCode.code(), message, summary.facts());
    }

    static RunResult stopped(RunSummary summary) {
        return new RunResult(
                "stopped", STOPPED, "asked to stop; nothing half done is left, run again", summary.facts());
    }

    private static String shortened(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        int end =
                Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1)) ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE;
        return message.substring(0, end) + " … (" + (message.length() - end) + " characters more)";
    }
}
