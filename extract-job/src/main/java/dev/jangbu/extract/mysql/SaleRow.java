package dev.jangbu.extract.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table as it was read, so that the thread that reads has little to do with it.
 *
 * @param id the source's key
 * @param modified when the source last changed it, in its own time
 * @param values as {@link SaleLine} writes them, by the place in {@link SaleLine#SELECTED}; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SaleRow(long id, LocalDateTime modified, @Nullable Object[] values) {
    private static final int MODIFIED = 2;

    static SaleRow of(ResultSet sale) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[SaleLine.COLUMNS.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = value(sale, SaleLine.COLUMNS.get(at).kind(), at + 1);
        }
        return new SaleRow(
                (Long) Objects.requireNonNull(values[0]),
                (LocalDateTime) Objects.requireNonNull(values[MODIFIED]),
                values);
    }

    private static @Nullable Object value(ResultSet sale, SaleLine.Kind kind, int column) throws SQLException {
        return switch (kind) {
            case NUMBER -> number(sale, column);
            case FLAG -> flag(sale, column);
            case TIME -> sale.getObject(column, LocalDateTime.class);
            case AMOUNT -> sale.getBigDecimal(column);
            case TEXT, FREE_TEXT, CARD -> sale.getString(column);
        };
    }

    private static @Nullable Long number(ResultSet sale, int column) throws SQLException {
        long number = sale.getLong(column);
        return sale.wasNull() ? null : number;
    }

    private static @Nullable Boolean flag(ResultSet sale, int column) throws SQLException {
        boolean isSet = sale.getLong(column) != 0;
        return sale.wasNull() ? null : isSet;
    }
}
