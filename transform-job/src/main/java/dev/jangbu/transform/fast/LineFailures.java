package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line fails by itself and beside others, in one list. */
public final class LineFailures {
    private LineFailures() {}

    /**
     * In check order, at most one a check.
     *
     * @param otherPlatform null where its platform is its session's first
     */
    public static List<Failure> of(CheckedLine line, boolean isRepeated, @Nullable Failure otherPlatform) {
        if (!isRepeated && otherPlatform == null) {
            return line.failures();
        }
        List<Failure> failures = new ArrayList<>(line.failures());
        if (isRepeated) {
            failures.add(DayRules.REPEATED);
        }
        boolean isTold = failures.stream()
                .anyMatch(failure -> otherPlatform != null && failure.check() == otherPlatform.check());
        if (otherPlatform != null && !isTold) {
            failures.add(otherPlatform);
        }
        failures.sort(Comparator.comparing(Failure::check));
        return failures;
    }
}
