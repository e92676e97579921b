package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of one part of the landing.
 *
 * @param lines that are not blank: the clean and the rejected ones
 * @param corrected lines that were read as a correction has them; each is among the lines once
 * @param stale corrections that were not used, because their line is another now
 * @param rejectedBy by the first check that rejected them; only those above 0
 */
public record PartOutcome(
        LandingPart landing,
        long lines,
        long corrected,
        long stale,
        Map<Check, Long> rejectedBy,
        long flagged,
        WrittenFile cleanFile,
        WrittenFile rejectedFile,
        WrittenFile flaggedFile) {
    public PartOutcome {
        Map<Check, Long> copy = new EnumMap<>(Check.class);
        copy.putAll(rejectedBy);
        rejectedBy = Collections.unmodifiableMap(copy);
    }

    public long rejected() {
        return rejectedBy.values().stream().mapToLong(Long::longValue).sum();
    }

    public long clean() {
        return lines - rejected();
    }
}
