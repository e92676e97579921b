package dev.jangbu.mart.report;

import dev.jangbu.mart.books.Book;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of one day: {@code reports/run/<ds>.json} is this record in snake case.
 *
 * @param profile the contract profile the day was judged by; empty where nobody recorded it
 * @param reason why the verdict is not {@code passed}; empty otherwise
 * @param figures null where the day was never loaded
 * @param ledger null where the day was never checked to its end
 * @param corrected how many of the lines checked were read as a replay corrected them; null where no replay did
 * @param earlierLoad the table holds a load older than these checks, and ledger and figures tell of that one
 * @param books whether what is loaded is what was checked and the marts come from it; null in reports of before 0.2
 */
public record DayReport(
        String dataset,
        LocalDate ds,
        String profile,
        Verdict verdict,
        String reason,
        @Nullable Figures figures,
        List<CheckResult> checks,
        @Nullable Ledger ledger,
        @Nullable Long corrected,
        boolean earlierLoad,
        @Nullable Book books,
        List<BuiltMart> marts,
        List<Step> steps,
        Places places,
        String version,
        Instant writtenAt) {

    public DayReport {
        checks = List.copyOf(checks);
        marts = List.copyOf(marts);
        steps = List.copyOf(steps);
    }
}
