package dev.jangbu.mart.plan;

import dev.jangbu.mart.books.Book;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One day of a backfill.
 *
 * @param book null where nothing is known of the day
 * @param marts how many marts are built
 * @param seconds what the day's jobs took last, one after the other; null where they have not run
 */
record PlannedDay(
        LocalDate day,
        @Nullable Book book,
        LandedDay landing,
        int marts,
        @Nullable BigDecimal seconds) {
    /** Rows in the table now; null where the day was never loaded. */
    @Nullable
    Long loaded() {
        return book == null ? null : book.loaded();
    }

    boolean isReplaced() {
        return loaded() != null;
    }

    /** What would be done, in a few words. */
    String action() {
        String rows = isReplaced() ? "replace %,d rows".formatted(loaded()) : "load for the first time";
        return rows + ", build " + marts + " marts";
    }

    /** What to know before; empty where there is nothing. */
    String remark() {
        List<String> remarks = new ArrayList<>();
        if (landing.lateFiles() > 0) {
            remarks.add(landing.lateFiles() + " late, kept");
        }
        if (landing.hasCorrections()) {
            remarks.add("corrections");
        }
        return String.join(", ", remarks);
    }

    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("ds", day.toString());
        summary.put("loaded", loaded());
        summary.put("books", book == null ? "" : book.state().word());
        summary.put("marts_built", book == null ? 0 : book.martsBuilt());
        summary.put(
                "built_at",
                book == null || book.builtAt() == null ? null : book.builtAt().toString());
        summary.put("landing", landing.state());
        summary.put("source", landing.source());
        summary.put("landing_rows", landing.rows());
        summary.put("late_files", landing.lateFiles());
        summary.put("corrections", landing.hasCorrections());
        summary.put("marts", marts);
        summary.put("seconds", seconds);
        return summary;
    }
}
