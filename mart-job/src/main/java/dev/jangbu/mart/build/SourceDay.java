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
            SELECT
                (ARRAY_AGG(run_id ORDER BY loaded_at DESC, file))[1] AS run_id,
                (ARRAY_AGG(file ORDER BY loaded_at DESC, file))[1] AS file,
                SUM(in_table) AS in_table
            FROM ops.load_log JOIN last_load USING (slice, run_id)
            WHERE dataset = :dataset AND business_date = :business_date
            HAVING COUNT(*) > 0""";

    /**
     * The load a day stands on.
     *
     * @param runId of load-job
     * @param file one of the load's files
     * @param rows the day has by the ledger
     */
    record Load(String runId, String file, long rows) {}

    /**
     * The load the day stands on.
     *
     * @throws JobFailure with {@link ExitCode#FAILED} when the day was never loaded, or the table does not bear out the ledger
     */
    Load requireLoaded(Handle handle) {
        Load load = lastLoad(handle)
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

    private Optional<Load> lastLoad(Handle handle) {
        return handle.createQuery(LOADED)
                .bind("dataset", source.dataset())
                .bind("business_date", businessDate)
                .map((row, context) ->
                        new Load(row.getString("run_id"), row.getString("file"), row.getLong("in_table")))
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
