package dev.jangbu.extract.mysql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLDataException;
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
            case AMOUNT -> amount(sale, column);
            case TEXT, FREE_TEXT -> text(sale, column);
            case CARD -> sale.getString(column);
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

    /** Most are written as a number without decimals is anyway. */
    private static @Nullable String amount(ResultSet sale, int column) throws SQLException {
        String amount = sale.getString(column);
        return amount == null || isPlain(amount) ? amount : new BigDecimal(amount).toPlainString();
    }

    private static boolean isPlain(String amount) {
        boolean isPlain = !amount.isEmpty() && (amount.length() == 1 || amount.charAt(0) != '0');
        for (int at = 0; isPlain && at < amount.length(); at++) {
            isPlain = amount.charAt(at) >= '0' && amount.charAt(at) <= '9';
        }
        return isPlain;
    }

    /** The bytes as they came, which are UTF-8: made a text, they would only be made bytes again. */
    private static byte @Nullable [] text(ResultSet sale, int column) throws SQLException {
        try {
            return sale.getBytes(column);
        } catch (SQLDataException noBytes) {
            // A type that the driver hands over as text alone, such as JSON.
            String text = sale.getString(column);
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
