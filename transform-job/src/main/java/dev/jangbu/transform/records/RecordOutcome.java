package dev.jangbu.transform.records;

import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import dev.jangbu.transform.report.CheckResult;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a landing: each of its records is clean or rejected, and so are the rows that come of it. */
public record RecordOutcome(List<Part> parts, List<CheckResult> checks) {
    /**
     * One part of the landing.
     *
     * @param lines that are not blank
     * @param rejectedBy lines by the first check that rejected them; only those above 0
     * @param flagged lines that were kept and are doubtful
     * @param tables in the mapper's order
     */
    public record Part(
            LandingPart landing,
            long lines,
            Map<RecordCheck, Long> rejectedBy,
            long flagged,
            List<TableFile> tables,
            WrittenFile rejectedFile,
            WrittenFile flaggedFile) {
        public Part {
            rejectedBy = copy(rejectedBy);
            tables = List.copyOf(tables);
        }

        public long rejected() {
            return sum(rejectedBy);
        }
    }

    /**
     * The clean rows of one table, that came of one part.
     *
     * @param rejectedBy rows of rejected records, by the check that rejected these
     */
    public record TableFile(Table table, long rows, Map<RecordCheck, Long> rejectedBy, WrittenFile file) {
        public TableFile {
            rejectedBy = copy(rejectedBy);
        }

        public long rejected() {
            return sum(rejectedBy);
        }
    }

    public RecordOutcome {
        parts = List.copyOf(parts);
        checks = List.copyOf(checks);
    }

    public long lines() {
        return parts.stream().mapToLong(Part::lines).sum();
    }

    public long rejected() {
        return parts.stream().mapToLong(Part::rejected).sum();
    }

    public long flagged() {
        return parts.stream().mapToLong(Part::flagged).sum();
    }

    /** Clean rows of all tables, by the table's name. */
    public Map<String, Long> rowsByTable() {
        Map<String, Long> rows = new LinkedHashMap<>();
        parts.forEach(
                part -> part.tables().forEach(table -> rows.merge(table.table().name(), table.rows(), Long::sum)));
        return rows;
    }

    /** The rejected lines by the id of the first check each failed. */
    public Map<String, Long> rejectedByReason() {
        Map<String, Long> reasons = new LinkedHashMap<>();
        parts.forEach(part -> part.rejectedBy().forEach((check, lines) -> reasons.merge(check.id(), lines, Long::sum)));
        return reasons;
    }

    private static Map<RecordCheck, Long> copy(Map<RecordCheck, Long> counts) {
        Map<RecordCheck, Long> copy = new EnumMap<>(RecordCheck.class);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    private static long sum(Map<RecordCheck, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
