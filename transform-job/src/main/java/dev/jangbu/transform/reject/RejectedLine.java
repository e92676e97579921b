package dev.jangbu.transform.reject;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a rejects file, as it is read again.
 *
 * @param file the part of the landing, as its manifest names it
 * @param line counted from 1
 * @param checks every check it failed, in their order; never empty
 * @param raw its head as text; null where that is in {@code rawBase64}
 * @param rawSha256 of the whole; null where the head is the whole
 */
public record RejectedLine(
        String file,
        long line,
        List<Reason> checks,
        @Nullable String raw,
        @Nullable String rawBase64,
        long rawBytes,
        @Nullable String rawSha256) {
    /** A check by its id, and why the line failed it. */
    public record Reason(String check, String reason) {}

    public RejectedLine {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("checks: none (expected: the check the line failed)");
        }
    }
}
