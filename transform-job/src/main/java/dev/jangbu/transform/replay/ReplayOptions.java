package dev.jangbu.transform.replay;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.reject.RejectedLine;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a replay was asked for besides its day.
 *
 * @param reasons only lines that failed one of these checks; all where there are none
 * @param fix the rules; null where the day is only to be checked again
 * @param discard take back all corrections of the day
 * @param by who asks
 * @param why in one line; empty where nobody said
 */
public record ReplayOptions(List<Check> reasons, @Nullable Fix fix, boolean discard, String by, String why) {
    public ReplayOptions {
        reasons = List.copyOf(reasons);
    }

    /** Whether a rejected line is among those to be done again. */
    boolean selects(RejectedLine line) {
        return !discard
                && (reasons.isEmpty()
                        || line.checks().stream().anyMatch(failed -> reasons.stream()
                                .anyMatch(reason -> reason.id().equals(failed.check()))));
    }

    /** As the log has it. */
    public String filter() {
        if (discard) {
            return "discard";
        }
        return reasons.isEmpty() ? "all" : reasons.stream().map(Check::id).collect(Collectors.joining(","));
    }
}
