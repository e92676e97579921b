package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.mart.definition.Source;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The day a mart is built from, as the ledger of loads knows it: a day that was never loaded must not become an empty
 * mart, while a day that was loaded with no rows may.
 */
record SourceDay(Source source, LocalDate businessDate) {
    /** A day may have been loaded in slices; of each, the last load counts. */
    private static final String LOADED = """
            WITH last_load AS (
                SELECT DISTINCT ON (slice) slice, run_id
                FROM ops.load_log
                WHERE dataset = :dataset AND business_date = :business_date
                ORDER BY slice, token DESC, loaded_at DESC
            )
            SELECT SUM(in_table) FROM ops.load_log JOIN last_load USING (slice, run_id)
            WHERE dataset = :dataset AND business_date = :business_date""";

    /**
     * The rows the day has by the ledger.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when the day was never loaded, or the table does not bear out the ledger
     */
    long requireLoaded(Handle handle) {
        long rows = loadedRows(handle)
                .orElseThrow(() -> new JobFailure(
                        ExitCode.FAILED,
                        source.dataset() + " of " + businessDate
                                + ": never loaded (expected: an entry in ops.load_log); run load-job first: "
                                + remedy()));
        boolean hasRows = hasRows(handle);
        if (hasRows != rows > 0) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    source.table() + " of " + businessDate + ": " + (hasRows ? "has rows" : "no rows") + " (expected: "
                            + rows + ", as ops.load_log says); load the day again: " + remedy());
        }
        return rows;
    }

    private Optional<Long> loadedRows(Handle handle) {
        return handle.createQuery(LOADED)
                .bind("dataset", source.dataset())
                .bind("business_date", businessDate)
                .mapTo(Long.class)
                .findOne();
    }

    private boolean hasRows(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + source.table() + " WHERE " + source.dateColumn()
                        + " = :business_date)")
                .bind("business_date", businessDate)
                .mapTo(Boolean.class)
                .one();
    }

    private String remedy() {
        return "java -jar load-job/target/load-job.jar " + source.dataset() + " --ds " + businessDate;
    }
}
