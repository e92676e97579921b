package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.mart.definition.Source;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The day a mart is built from, as the ledger of loads knows it: a day that was never loaded must not become an empty
 * mart, while a day that was loaded with no rows may. Where rows are merged by key, a load brings rows of any day: there
 * every day may be built once the dataset was loaded at all.
 */
public record SourceDay(Source source, LocalDate businessDate) {
    /** A day may have been loaded in slices; of each, the last load counts. */
    private static final String LOADED = """
            WITH last_load AS (
                SELECT DISTINCT ON (slice) slice, run_id
                FROM ops.load_log
                WHERE dataset = :dataset AND business_date = :business_date
                ORDER BY slice, token DESC, loaded_at DESC
            )
            SELECT
                (ARRAY_AGG(run_id ORDER BY loaded_at DESC, file))[1] AS run_id,
                (ARRAY_AGG(file ORDER BY loaded_at DESC, file))[1] AS file,
                CAST(NULL AS DATE) AS load_date,
                SUM(in_table) AS in_table
            FROM ops.load_log JOIN last_load USING (slice, run_id)
            WHERE dataset = :dataset AND business_date = :business_date
            HAVING COUNT(*) > 0""";

    /** Of all loads the last: what it left is what all before it left, and its own. */
    private static final String MERGED = """
            SELECT run_id, file, business_date AS load_date, 0 AS in_table
            FROM ops.load_log
            WHERE dataset = :dataset
            ORDER BY loaded_at DESC, run_id DESC, file
            LIMIT 1""";

    /**
     * The load a day stands on.
     *
     * @param runId of load-job
     * @param file one of the load's files
     * @param day the load was for, where it is not the mart's own
     * @param rows the day has: by the ledger, or counted where rows are merged
     */
    public record Load(String runId, String file, @Nullable LocalDate day, long rows) {}

    /**
     * The load the day stands on.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when the day was never loaded, or the table does not bear out the ledger
     */
    public Load requireLoaded(Handle handle) {
        return isMerged(handle) ? requireMerged(handle) : requireReplaced(handle);
    }

    private Load requireMerged(Handle handle) {
        Load load = lastLoad(handle, MERGED)
                .orElseThrow(() -> new JobFailure(
                        ExitCode.FAILED,
                        source.dataset() + ": never loaded (expected: an entry in ops.load_log); run load-job first: "
                                + "java -jar load-job/target/load-job.jar " + source.dataset()
                                + " --account ACCOUNT --ds " + businessDate));
        requireRowsAreKept(handle);
        return new Load(load.runId(), load.file(), load.day(), rows(handle));
    }

    /** Built again, a day of which retention has removed rows would show less than it did. */
    private void requireRowsAreKept(Handle handle) {
        handle.createQuery("SELECT MAX(frozen_until) FROM ops.v_frozen_day JOIN ops.mart_reads USING (mart)"
                        + " WHERE dataset = :dataset")
                .bind("dataset", source.dataset())
                .mapTo(LocalDate.class)
                .findOne()
                .filter(frozen -> !businessDate.isAfter(frozen))
                .ifPresent(frozen -> {
                    throw new JobFailure(
                            ExitCode.FAILED,
                            source.dataset() + " of " + businessDate
                                    + ": rows were removed by retention (expected: a day" + " after " + frozen
                                    + "); the mart stays as it was built");
                });
    }

    private Load requireReplaced(Handle handle) {
        Load load = lastLoad(handle, LOADED)
                .orElseThrow(() -> new JobFailure(
                        ExitCode.FAILED,
                        source.dataset() + " of " + businessDate
                                + ": never loaded (expected: an entry in ops.load_log); run load-job first: "
                                + remedy()));
        long rows = load.rows();
        boolean hasRows = hasRows(handle);
        if (hasRows != rows > 0) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    source.table() + " of " + businessDate + ": " + (hasRows ? "has rows" : "no rows") + " (expected: "
                            + rows + ", as ops.load_log says); load the day again: " + remedy());
        }
        return load;
    }

    private boolean isMerged(Handle handle) {
        return handle.createQuery("SELECT load_method = 'merge_window' FROM ops.dataset WHERE dataset = :dataset")
                .bind("dataset", source.dataset())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    private Optional<Load> lastLoad(Handle handle, String query) {
        return handle.createQuery(query)
                .bind("dataset", source.dataset())
                .bind("business_date", businessDate)
                .map((row, context) -> new Load(
                        row.getString("run_id"),
                        row.getString("file"),
                        row.getObject("load_date", LocalDate.class),
                        row.getLong("in_table")))
                .findOne();
    }

    private boolean hasRows(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM " + source.table() + " WHERE " + source.dateColumn()
                        + " = :business_date)")
                .bind("business_date", businessDate)
                .mapTo(Boolean.class)
                .one();
    }

    private long rows(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM " + source.table() + " WHERE " + source.dateColumn()
                        + " = :business_date")
                .bind("business_date", businessDate)
                .mapTo(Long.class)
                .one();
    }

    private String remedy() {
        return "java -jar load-job/target/load-job.jar " + source.dataset() + " --ds " + businessDate;
    }
}
