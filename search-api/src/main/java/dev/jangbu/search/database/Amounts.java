package dev.jangbu.search.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Amounts as they are told: 12000, not 12000.00; what has a fraction keeps it. */
public final class Amounts {
    private Amounts() {}

    public static @Nullable BigDecimal optional(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? null : plain(amount);
    }

    public static BigDecimal of(ResultSet row, String column) throws SQLException {
        return plain(row.getBigDecimal(column));
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
