package dev.jangbu.mart.gaps;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookReader;
import dev.jangbu.mart.report.PlainText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Finds the gaps of a range: the books and the last runs of each day, two queries however many days. */
final class GapReader {
    private final Handle handle;
    private final String dataset;

    GapReader(Handle handle, String dataset) {
        this.handle = handle;
        this.dataset = dataset;
    }

    /**
     * @param days ascending, without gaps, at least one
     * @param lastDue the last business date that is over
     */
    Gaps read(List<LocalDate> days, LocalDate lastDue) {
        LocalDate from = days.get(0);
        LocalDate to = days.get(days.size() - 1);
        Map<LocalDate, Book> books = new BookReader(handle, dataset).read(from, to);
        Map<LocalDate, List<LastRun>> undone = undone(from, to);
        List<Gap> gaps = new ArrayList<>();
        List<LocalDate> running = new ArrayList<>();
        List<LocalDate> notDue = new ArrayList<>();
        for (LocalDate day : days) {
            List<LastRun> runs = undone.getOrDefault(day, List.of());
            Book book = books.get(day);
            if (runs.stream().anyMatch(LastRun::isRunning)) {
                running.add(day);
            } else if (book == null && day.isAfter(lastDue)) {
                notDue.add(day);
            } else {
                new DayOfGaps(day, book, runs).gap().ifPresent(gaps::add);
            }
        }
        return new Gaps(dataset, days, gaps, running, notDue);
    }

    /** Of each job and slice the last run, where that is not done; the report is no part of the day. */
    private Map<LocalDate, List<LastRun>> undone(LocalDate from, LocalDate to) {
        return handle
                .createQuery("""
                        WITH last_run AS (
                            SELECT DISTINCT ON (business_date, job, slice) run_id
                            FROM ops.pipeline_run_log
                            WHERE
                                dataset = :dataset
                                AND business_date BETWEEN :from AND :to
                                AND NOT (job = 'mart-job' AND slice = 'report')
                            ORDER BY business_date, job, slice, started_at DESC, token DESC
                        )

                        SELECT run.business_date, run.job, run.slice, run.state, run.message
                        FROM last_run
                        INNER JOIN ops.job_runs AS run ON last_run.run_id = run.run_id
                        WHERE run.state <> 'done'
                        ORDER BY run.started_at, run.run_id""")
                .bind("dataset", dataset)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new LastRun(
                        row.getObject("business_date", LocalDate.class),
                        row.getString("job"),
                        row.getString("slice"),
                        row.getString("state"),
                        PlainText.masked(PlainText.visible(row.getString("message")))))
                .stream()
                .collect(Collectors.groupingBy(
                        LastRun::day, Collectors.mapping(Function.identity(), Collectors.toList())));
    }
}
