package dev.jangbu.transform.records;

import dev.jangbu.transform.contract.CheckRule;
import dev.jangbu.transform.contract.Fate;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the records of a dataset are held to. Immutable.
 *
 * @param name {@code orders/default}, …, or the file it was read from
 * @param firstYear of a valid time, inclusive, in the business zone
 * @param lastYear inclusive
 * @param largestQuantity of an item
 * @param smallestAmount of a sale by card; below 0 where refunds are told so
 * @param largestAmount of money, in whatever currency
 * @param minimumFailedLines how many lines at least must fail a check of severity fail before its share counts; 1 where
 *     the share alone does
 * @param checks the checks this dataset has
 */
public record RecordContract(
        String name,
        int version,
        int firstYear,
        int lastYear,
        int largestQuantity,
        BigDecimal smallestAmount,
        BigDecimal largestAmount,
        int minimumFailedLines,
        Map<RecordCheck, CheckRule> checks) {
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("999999999999.99");

    public RecordContract {
        Map<RecordCheck, CheckRule> copy = new EnumMap<>(RecordCheck.class);
        copy.putAll(checks);
        checks = Collections.unmodifiableMap(copy);
        require(firstYear <= lastYear, "years: " + firstYear + ".." + lastYear + " (expected: first <= last)");
        require(largestQuantity > 0, "largest_quantity: " + largestQuantity + " (expected: 1 or more)");
        require(
                largestAmount.signum() > 0 && largestAmount.compareTo(AMOUNT_MAX) <= 0,
                "largest_amount: " + largestAmount.toPlainString() + " (expected: above 0, at most "
                        + AMOUNT_MAX.toPlainString() + ", what its column holds)");
        require(
                smallestAmount.signum() <= 0 && smallestAmount.compareTo(AMOUNT_MAX.negate()) >= 0,
                "smallest_amount: " + smallestAmount.toPlainString() + " (expected: 0 or below, at least -"
                        + AMOUNT_MAX.toPlainString() + ", what its column holds)");
        require(minimumFailedLines > 0, "minimum_failed_lines: " + minimumFailedLines + " (expected: 1 or more)");
        checks.forEach((check, rule) -> require(
                check.isLoadable() || rule.fate() == Fate.REJECT,
                "checks." + check.id()
                        + ".fate: keep (expected: reject, for the rows of such a record cannot be loaded)"));
    }

    boolean has(RecordCheck check) {
        return checks.containsKey(check);
    }

    /**
     * Whether so few lines failed that shares say nothing. Lines none of which passed always say something: a platform
     * that changed its form must stop a small shop's window too.
     *
     * @param lines of the landing
     * @param failed those of them that failed a check of severity fail
     */
    boolean isExcused(long lines, long failed) {
        return failed < minimumFailedLines && failed < lines;
    }

    CheckRule rule(RecordCheck check) {
        return Objects.requireNonNull(checks.get(check), check.id());
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
