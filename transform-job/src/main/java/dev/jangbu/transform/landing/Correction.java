package dev.jangbu.transform.landing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What is read in the place of one line of a landing, as long as that line has this hash.
 *
 * @param line counted from 1, blank lines too
 * @param rawSha256 of the line's bytes without its break, and without a byte order mark before it
 * @param corrected the line in its place: not blank, without a break
 * @param runId of the replay that made it
 */
@JsonPropertyOrder({"line", "raw_sha256", "run_id", "corrected"})
public record Correction(long line, String rawSha256, String runId, String corrected) {
    public Correction {
        if (line < 1) {
            throw new IllegalArgumentException("line: " + line + " (expected: 1 or more)");
        }
        if (corrected.isBlank() || corrected.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("corrected: blank or more than a line (expected: one line)");
        }
    }
}
