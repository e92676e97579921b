package dev.jangbu.extract;

import dev.jangbu.kit.workspace.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run brought for its day, before it is published.
 *
 * @param source of the manifest
 * @param counts of the manifest
 * @param appended rows of a late file among them
 */
record LandedDay(String source, String profile, List<Manifest.Entry> parts, Map<String, Long> counts, long appended) {
    LandedDay {
        parts = List.copyOf(parts);
        counts = withLate(counts, parts);
    }

    /** The counts of both, added up name by name. */
    static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new LinkedHashMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    private static Map<String, Long> withLate(Map<String, Long> counts, List<Manifest.Entry> parts) {
        Map<String, Long> with = new LinkedHashMap<>(counts);
        List<Manifest.Entry> late =
                parts.stream().filter(Manifest.Entry::isLate).toList();
        with.remove("late_files");
        with.remove("late_rows");
        if (!late.isEmpty()) {
            with.put(
                    "late_files",
                    late.stream().map(Manifest.Entry::lateInput).distinct().count());
            with.put("late_rows", late.stream().mapToLong(Manifest.Entry::rows).sum());
        }
        return with;
    }
}
