package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.Tallies;
import java.util.List;

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

    public long flagged() {
        return parts.stream().mapToLong(PartOutcome::flagged).sum();
    }
}
