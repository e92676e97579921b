package dev.jangbu.extract.window;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/** What is loaded of an account: how far, and which of its orders may still change. */
final class LoadedOrders {
    /** An order that old is looked after by the weekly reconcile only. */
    private static final Duration OLDEST = Duration.ofDays(90);

    private final DataSource database;

    LoadedOrders(DataSource database) {
        this.database = database;
    }

    Set<String> open(String accountId, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT o.order_id
                        FROM raw.sales_order AS o
                        WHERE o.account_id = ?
                            AND o.ordered_at >= ?
                            AND EXISTS (
                                SELECT 1
                                FROM raw.order_item AS i
                                WHERE i.account_id = o.account_id
                                    AND i.order_id = o.order_id
                                    AND (
                                        i.item_status NOT IN ('CONFIRMED', 'CANCELED', 'RETURNED', 'EXCHANGED')
                                        OR i.claim_state IN ('REQUESTED', 'HOLD')
                                    )
                            )
                        ORDER BY o.order_id""")) {
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
