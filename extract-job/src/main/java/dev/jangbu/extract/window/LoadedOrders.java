package dev.jangbu.extract.window;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** What is loaded of accounts: which of their orders may still change. */
final class LoadedOrders {
    /** An order that old is looked after by the weekly reconcile only. */
    private static final Duration OLDEST = Duration.ofDays(90);

    private final Connections database;

    LoadedOrders(Connections database) {
        this.database = database;
    }

    /** Opens a connection, in auto-commit. */
    interface Connections {
        Connection open() throws SQLException;
    }

    /** Card sales as they are now. */
    LoadedSales sales(String accountId, ZoneId zone) throws SQLException {
        return LoadedSales.open(database.open(), accountId, zone);
    }

    Set<String> open(String accountId, Instant now) throws SQLException {
        return ids("""
                SELECT DISTINCT order_id FROM ops.v_open_item
                WHERE account_id = ? AND ordered_at >= ?
                ORDER BY order_id""", accountId, now);
    }

    Set<String> openItems(String accountId, Instant now) throws SQLException {
        return ids("""
                SELECT item_id FROM ops.v_open_item
                WHERE account_id = ? AND ordered_at >= ?
                ORDER BY item_id""", accountId, now);
    }

    private Set<String> ids(String sql, String accountId, Instant now) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, accountId);
            select.setObject(2, now.minus(OLDEST).atOffset(ZoneOffset.UTC));
            Set<String> ids = new LinkedHashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(Objects.requireNonNull(rows.getString(1)));
                }
            }
            return ids;
        }
    }
}
