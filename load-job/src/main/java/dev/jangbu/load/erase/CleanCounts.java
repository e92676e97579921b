package dev.jangbu.load.erase;

import java.util.LinkedHashMap;
import java.util.Map;

/** The counts of a clean file, as its manifest has them. */
final class CleanCounts {
    private CleanCounts() {}

    /**
     * What they are without lines that went: lines = clean + rejected, and the reasons sum to rejected.
     *
     * @param rows clean ones before
     * @param cleanGone clean lines that went
     * @param rejectedGone rejected lines that went, by the check each counts under
     */
    static Map<String, Long> without(
            Map<String, Long> counts, long rows, long cleanGone, Map<String, Long> rejectedGone) {
        long rejected =
                rejectedGone.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> left = new LinkedHashMap<>(counts);
        left.put("lines", counts.getOrDefault("lines", rows) - cleanGone - rejected);
        left.computeIfPresent("rejected", (name, count) -> count - rejected);
        rejectedGone.forEach((check, gone) -> left.computeIfPresent(
                "rejected." + check, (name, count) -> count > gone ? Long.valueOf(count - gone) : null));
        if (cleanGone + rejected > 0) {
            left.merge("erased", cleanGone + rejected, Long::sum);
        }
        return left;
    }
}
