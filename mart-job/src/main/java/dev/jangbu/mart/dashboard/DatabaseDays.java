package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookReader;
import dev.jangbu.mart.report.DayLog;
import dev.jangbu.mart.report.DayLogReader;
import dev.jangbu.mart.report.DayVerdict;
import dev.jangbu.mart.report.MartTables;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The days as the database knows them. */
final class DatabaseDays implements Days {
    private final Handle handle;
    private final String dataset;
    private final List<String> marts;

    DatabaseDays(Handle handle, String dataset) {
        this.handle = handle;
        this.dataset = dataset;
        this.marts = MartTables.expected(dataset);
    }

    @Override
    public Optional<LocalDate> latest() {
        return handle.createQuery("SELECT MAX(business_date) FROM ops.pipeline_run_log"
                        + " WHERE dataset = :dataset AND NOT (job = 'mart-job' AND slice = 'report')")
                .bind("dataset", dataset)
                .mapTo(LocalDate.class)
                .findOne();
    }

    @Override
    public SortedMap<LocalDate, DashboardDay> read(LocalDate from, LocalDate to) {
        SortedMap<LocalDate, DayLog> logs = new DayLogReader(handle, dataset).read(from, to);
        Map<LocalDate, MartTables.Orders> orders = new MartTables(handle).orders(from, to);
        Map<LocalDate, Book> books = new BookReader(handle, dataset).read(from, to);
        SortedMap<LocalDate, DashboardDay> days = new TreeMap<>();
        logs.forEach((day, log) -> days.put(day, day(log, orders, books.get(day))));
        return days;
    }

    private DashboardDay day(DayLog log, Map<LocalDate, MartTables.Orders> orders, @Nullable Book book) {
        boolean isLoaded = log.load() != null;
        return new DashboardDay(
                log.day(),
                log.profile(),
                DayVerdict.of(log, marts, book).verdict(),
                log.tableRows(),
                isLoaded ? MartTables.orderCount(log, orders.get(log.day())) : null,
                isLoaded ? MartTables.revenue(log, orders.get(log.day())) : null,
                log.checks(),
                log.ledger(),
                book);
    }
}
