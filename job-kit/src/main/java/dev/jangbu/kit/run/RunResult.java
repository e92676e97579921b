package dev.jangbu.kit.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param message one line for people; empty when all went well
 * @param facts what the steps counted
 */
public record RunResult(ExitCode exitCode, String message, Map<String, Object> facts) {
    public RunResult {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
