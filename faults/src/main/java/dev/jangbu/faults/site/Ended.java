package dev.jangbu.faults.site;

import java.util.List;

/**
 * A process's end.
 *
 * @param seconds wall time from its start
 * @param output everything it printed
 */
public record Ended(int exitCode, double seconds, String output) {
    /** The run's summary. */
    public String lastLine() {
        List<String> lines = output.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
