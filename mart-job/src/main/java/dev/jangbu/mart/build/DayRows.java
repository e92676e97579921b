package dev.jangbu.mart.build;

import dev.jangbu.mart.definition.Mart;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jdbi.v3.core.Handle;

/**
 * How a day's rows come into a mart, inside the transaction that has emptied the day and will check it: by the mart's query,
 * or computed elsewhere by the same query. Whoever does it, the rows are the same.
 */
@FunctionalInterface
public interface DayRows {
    /**
     * Returns how many rows were inserted. Called again when the transaction is.
     *
     * @param load the day stands on, as this transaction sees it
     */
    int insert(Handle handle, Mart mart, LocalDate day, SourceDay.Load load) throws SQLException;

    /** Computed by PostgreSQL, where the day's events are. */
    static DayRows byQuery() {
        return (handle, mart, day, load) ->
                handle.createUpdate(mart.insertSql()).bind("business_date", day).execute();
    }
}
