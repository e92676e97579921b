package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Fate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a line.
 *
 * @param rejectedBy the check it is rejected by: the first that rejects, or, where the contract would keep it but
 *     PostgreSQL could not, the first it failed; null when it is kept
 */
public record Verdict(@Nullable Check rejectedBy) {
    private static final Verdict KEPT = new Verdict(null);

    /**
     * @param failures of the line, in check order
     * @param storable whether it has a clean row
     */
    public static Verdict of(Contract contract, List<Failure> failures, boolean storable) {
        for (Failure failure : failures) {
            // A second row of one id could not be loaded, whatever the contract says.
            if (failure.check() == Check.UNIQUE_EVENT_ID
                    || contract.rule(failure.check()).fate() == Fate.REJECT) {
                return new Verdict(failure.check());
            }
        }
        if (storable) {
            return KEPT;
        }
        if (failures.isEmpty()) {
            throw new IllegalStateException("a record that passes has no row (expected: one that can be loaded)");
        }
        return new Verdict(failures.get(0).check());
    }

    public boolean isKept() {
        return rejectedBy == null;
    }
}
