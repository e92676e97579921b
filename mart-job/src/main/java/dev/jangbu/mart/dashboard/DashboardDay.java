package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookState;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.CheckResult.Outcome;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One day of the dashboard.
 *
 * @param profile the contract profile; empty where nobody recorded it
 * @param events rows in the table; null where the day was not loaded
 * @param orders null where the mart was not built
 * @param revenue in the profile's currency; null where the mart was not built
 * @param checks in their own order, without examples
 * @param ledger null where the day was not checked to its end
 * @param book null where nobody recorded it
 */
record DashboardDay(
        LocalDate day,
        String profile,
        Verdict verdict,
        @Nullable Long events,
        @Nullable Long orders,
        @Nullable BigDecimal revenue,
        List<CheckResult> checks,
        @Nullable Ledger ledger,
        @Nullable Book book) {

    DashboardDay {
        revenue = revenue == null ? null : revenue.setScale(2, RoundingMode.HALF_UP);
        checks = checks.stream().map(CheckResult::withoutExamples).toList();
    }

    static DashboardDay neverRun(LocalDate day) {
        return new DashboardDay(day, "", Verdict.NEVER_RUN, null, null, null, List.of(), null, null);
    }

    /** The checks that stopped the day. */
    List<CheckResult> failedChecks() {
        return checks.stream().filter(check -> check.outcome() == Outcome.FAIL).toList();
    }

    /** The checks that did not reach their threshold, those that only warn among them. */
    List<CheckResult> checksBelow() {
        return checks.stream().filter(check -> check.outcome() != Outcome.PASS).toList();
    }

    @Nullable
    CheckResult check(String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** How the books stand. */
    Books books() {
        if (ledger == null && book == null) {
            return Books.NONE;
        }
        if ((ledger != null && !ledger.balanced()) || (book != null && book.state() == BookState.UNBALANCED)) {
            return Books.OFF;
        }
        return book == null || book.state().isSettled() ? Books.BALANCED : Books.OPEN;
    }

    /** Whether the sums of a day hold, and whether all of it was carried through to the marts. */
    enum Books {
        BALANCED,
        /** The sums hold; something is newer than what stands behind it. */
        OPEN,
        OFF,
        NONE
    }
}
