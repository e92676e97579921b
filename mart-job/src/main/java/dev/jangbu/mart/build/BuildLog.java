package dev.jangbu.mart.build;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.mart.definition.Mart;
import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/** What a build leaves in the books, in its own transaction: which load it stands on, and which touches of the day it saw. */
record BuildLog(Mart mart, RunContext context) {
    void write(Handle handle, LocalDate day, SourceDay.Load load, int rows) {
        handle.createUpdate("""
                        INSERT INTO ops.mart_log
                            (run_id, mart, dataset, business_date, token, load_run_id, load_file, load_date, source_rows,
                             row_count)
                        VALUES (:run_id, :mart, :dataset, :business_date, :token, :load_run_id, :load_file, :load_date,
                            :source_rows, :row_count)""")
                .bind("run_id", context.runId())
                .bind("mart", mart.name())
                .bind("dataset", mart.metadata().source().dataset())
                .bind("business_date", day)
                .bind("token", context.fence().token())
                .bind("load_run_id", load.runId())
                .bind("load_file", load.file())
                .bind("load_date", load.day())
                .bind("source_rows", load.rows())
                .bind("row_count", rows)
                .execute();
        handle.createUpdate("""
                        INSERT INTO ops.rebuilt_day (mart, dataset, business_date, run_id, rebuilt_by)
                        SELECT reading.mart, touched.dataset, touched.business_date, touched.run_id, :run_id
                        FROM ops.mart_reads AS reading
                        INNER JOIN ops.touched_day AS touched ON reading.dataset = touched.dataset
                        WHERE reading.mart = :mart AND touched.business_date = :business_date
                        ON CONFLICT DO NOTHING""")
                .bind("run_id", context.runId())
                .bind("mart", mart.name())
                .bind("business_date", day)
                .execute();
    }
}
