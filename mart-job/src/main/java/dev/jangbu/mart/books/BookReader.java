package dev.jangbu.mart.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the books of a range of days: one query, however many days. */
public final class BookReader {
    private final Handle handle;
    private final String dataset;

    public BookReader(Handle handle, String dataset) {
        this.handle = handle;
        this.dataset = dataset;
    }

    /** The days of the range that anything is known of, both ends inclusive. */
    public SortedMap<LocalDate, Book> read(LocalDate from, LocalDate to) {
        SortedMap<LocalDate, Book> books = new TreeMap<>();
        handle.createQuery("""
                        SELECT
                            business_date, state, balances, reason, repair, lines_read, clean, rejected, loaded, marts_built,
                            marts_known, loaded_at, built_at
                        FROM ops.v_books
                        WHERE dataset = :dataset AND business_date BETWEEN :from AND :to""")
                .bind("dataset", dataset)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> books.put(row.getObject("business_date", LocalDate.class), book(row)))
                .list();
        return books;
    }

    private static Book book(ResultSet row) throws SQLException {
        return new Book(
                BookState.of(row.getString("state")),
                row.getBoolean("balances"),
                row.getString("reason"),
                row.getString("repair"),
                number(row, "lines_read"),
                number(row, "clean"),
                number(row, "rejected"),
                number(row, "loaded"),
                row.getInt("marts_built"),
                row.getInt("marts_known"),
                instant(row, "loaded_at"),
                instant(row, "built_at"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(number);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
