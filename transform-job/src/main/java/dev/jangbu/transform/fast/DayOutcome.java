package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.Tallies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a day's landing: every line is clean or rejected. */
public record DayOutcome(Tallies tallies, List<PartOutcome> parts) {
    public DayOutcome {
        parts = List.copyOf(parts);
    }

    public long lines() {
        return parts.stream().mapToLong(PartOutcome::lines).sum();
    }

    public long clean() {
        return parts.stream().mapToLong(PartOutcome::clean).sum();
    }

    public long rejected() {
        return parts.stream().mapToLong(PartOutcome::rejected).sum();
    }

    /** Lines that were read as a correction has them. */
    public long corrected() {
        return parts.stream().mapToLong(PartOutcome::corrected).sum();
    }

    /** Corrections of these parts that were not used, because their line is another now. */
    public long stale() {
        return parts.stream().mapToLong(PartOutcome::stale).sum();
    }

    /** The rejected lines by the id of the first check each failed; checks that rejected none are not in it. */
    public Map<String, Long> rejectedByReason() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        for (PartOutcome part : parts) {
            part.rejectedBy().forEach((check, lines) -> reasons.merge(check.id(), lines, Long::sum));
        }
        return reasons;
    }

    public long flagged() {
        return parts.stream().mapToLong(PartOutcome::flagged).sum();
    }
}
