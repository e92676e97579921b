package dev.jangbu.mart.plan;

import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookReader;
import dev.jangbu.mart.report.MartTables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what a backfill would meet: two queries however many days, and a manifest a day. */
final class PlanReader {
    private final Handle handle;
    private final String dataset;
    private final Workspace workspace;

    PlanReader(Handle handle, String dataset, Workspace workspace) {
        this.handle = handle;
        this.dataset = dataset;
        this.workspace = workspace;
    }

    /** @param days ascending, without gaps, at least one */
    Plan read(List<LocalDate> days) {
        LocalDate from = days.get(0);
        LocalDate to = days.get(days.size() - 1);
        Map<LocalDate, Book> books = new BookReader(handle, dataset).read(from, to);
        Map<LocalDate, BigDecimal> seconds = seconds(from, to);
        int marts = MartTables.expected(dataset).size();
        return new Plan(
                dataset,
                days.stream()
                        .map(day -> new PlannedDay(
                                day, books.get(day), LandedDay.of(workspace, dataset, day), marts, seconds.get(day)))
                        .toList());
    }

    /** What the last good run of each job and mart took; marts one after the other. Days that went through only. */
    private Map<LocalDate, BigDecimal> seconds(LocalDate from, LocalDate to) {
        return handle
                .createQuery("""
                        WITH last_run AS (
                            SELECT DISTINCT ON (business_date, job, slice) business_date, job, seconds
                            FROM ops.pipeline_run_log
                            WHERE
                                dataset = :dataset
                                AND business_date BETWEEN :from AND :to
                                AND status = 'done'
                                AND (slice = 'all' OR (job = 'mart-job' AND slice <> 'report'))
                            ORDER BY business_date, job, slice, started_at DESC, token DESC
                        )

                        SELECT business_date, SUM(seconds) AS seconds
                        FROM last_run
                        GROUP BY business_date
                        HAVING COUNT(DISTINCT job) = 4""")
                .bind("dataset", dataset)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) ->
                        Map.entry(row.getObject("business_date", LocalDate.class), row.getBigDecimal("seconds")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
