package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.reject.RejectedLine;
import java.util.List;

/**
 * One check a record failed.
 *
 * @param reason {@code field: value (expected: …)}, fit for logs: cut short, without personal data
 */
public record Failure(Check check, String reason) {
    /** As a rejects file tells them. */
    public static List<RejectedLine.Reason> told(List<Failure> failures) {
        return failures.stream()
                .map(failure -> new RejectedLine.Reason(failure.check().id(), failure.reason()))
                .toList();
    }
}
