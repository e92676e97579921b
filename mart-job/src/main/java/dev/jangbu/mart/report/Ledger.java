package dev.jangbu.mart.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of a day: every line is clean or rejected for a reason, and what was clean is in the table.
 *
 * @param lines lines read that hold a record
 * @param rejectedByReason by the first check each record failed
 * @param copied rows sent to the table; null where the day was not loaded
 * @param inTable rows in the table when the load committed; null where the day was not loaded
 * @param inTableNow rows in the table when this was read; null where nobody counted
 */
public record Ledger(
        long lines,
        long clean,
        long rejected,
        Map<String, Long> rejectedByReason,
        @Nullable Long copied,
        @Nullable Long inTable,
        @Nullable Long inTableNow) {

    public Ledger {
        Map<String, Long> ordered = new TreeMap<>(CheckResult.BY_ORDER);
        ordered.putAll(rejectedByReason);
        rejectedByReason = Collections.unmodifiableMap(ordered);
    }

    /** Of a day that was checked and not loaded. */
    static Ledger ofChecks(long lines, long clean, long rejected, Map<String, Long> rejectedByReason) {
        return new Ledger(lines, clean, rejected, rejectedByReason, null, null, null);
    }

    /** Whether every sum holds that can be checked: a day that was not loaded has only the first. */
    @JsonProperty("balanced")
    public boolean balanced() {
        return lines == clean + rejected
                && reasonsAddUp()
                && isClean(copied)
                && isClean(inTable)
                && isClean(inTableNow);
    }

    /** The line that is wrong, for people: {@code lines 10 ≠ clean 8 + rejected 1}; empty when balanced. */
    public String difference() {
        if (lines != clean + rejected) {
            return "lines " + lines + " ≠ clean " + clean + " + rejected " + rejected;
        }
        if (!reasonsAddUp()) {
            return "rejected " + rejected + " ≠ by reason " + byReason();
        }
        if (!isClean(copied)) {
            return "clean " + clean + " ≠ copied " + copied;
        }
        if (!isClean(inTable)) {
            return "clean " + clean + " ≠ in table " + inTable;
        }
        return isClean(inTableNow) ? "" : "clean " + clean + " ≠ in table now " + inTableNow;
    }

    Ledger withInTableNow(long rows) {
        return new Ledger(lines, clean, rejected, rejectedByReason, copied, inTable, rows);
    }

    /** As the load logged it, which is all a dashboard of the database knows. */
    public Ledger asLogged() {
        return new Ledger(lines, clean, rejected, rejectedByReason, copied, inTable, null);
    }

    private boolean isClean(@Nullable Long rows) {
        return rows == null || rows == clean;
    }

    /** A source that names no reasons is not contradicted by that. */
    private boolean reasonsAddUp() {
        return rejectedByReason.isEmpty() || byReason() == rejected;
    }

    private long byReason() {
        return rejectedByReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
