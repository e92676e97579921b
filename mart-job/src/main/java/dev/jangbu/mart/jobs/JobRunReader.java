package dev.jangbu.mart.jobs;

import dev.jangbu.mart.report.PlainText;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads runs from {@code ops.job_runs}, in the order they began. */
final class JobRunReader {
    private static final String COLUMNS = """
            SELECT run_id, job, dataset, slice, business_date, attempt, state, row_count, seconds, started_at, exit_code,
                message
            FROM ops.job_runs
            """;

    private final Handle handle;

    JobRunReader(Handle handle) {
        this.handle = handle;
    }

    /** The runs of the business dates that were worked on last: a date that was run again counts by its last run. */
    List<JobRun> ofLastDates(int days) {
        return handle.createQuery(COLUMNS + """
                        WHERE business_date IN (
                            SELECT business_date FROM ops.pipeline_run_log
                            GROUP BY business_date
                            ORDER BY MAX(started_at) DESC, business_date DESC
                            LIMIT :days
                        )
                        ORDER BY started_at, run_id""")
                .bind("days", days)
                .map((row, context) -> run(row))
                .list();
    }

    List<JobRun> of(LocalDate businessDate) {
        return handle.createQuery(COLUMNS + "WHERE business_date = :day ORDER BY started_at, run_id")
                .bind("day", businessDate)
                .map((row, context) -> run(row))
                .list();
    }

    private static JobRun run(ResultSet row) throws SQLException {
        @Nullable BigDecimal rows = row.getBigDecimal("row_count");
        int exitCode = row.getInt("exit_code");
        boolean isExitCodeKnown = !row.wasNull();
        return new JobRun(
                row.getString("run_id"),
                row.getString("job"),
                row.getString("dataset"),
                row.getString("slice"),
                row.getObject("business_date", LocalDate.class),
                row.getString("attempt"),
                RunState.of(row.getString("state")),
                rows == null ? null : Long.valueOf(rows.longValue()),
                row.getBigDecimal("seconds"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                isExitCodeKnown ? exitCode : null,
                PlainText.masked(PlainText.visible(row.getString("message"))));
    }
}
