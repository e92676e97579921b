package dev.jangbu.load.window;

import dev.jangbu.kit.run.RunContext;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a reading by order date found other than it was stored: the rows of the run in {@code ops.reconcile_difference}.
 *
 * @param days on which counts or sums differ
 * @param unknownOrders read, and not stored before
 * @param unreadOrders stored, and not read
 * @param gross what was read less what was stored, of all currencies
 * @param currency of the amount; several with commas, for which the amount says little; empty without a difference
 */
record ReconcileDifferences(long days, long unknownOrders, long unreadOrders, BigDecimal gross, String currency) {
    private static final Logger log = LoggerFactory.getLogger(ReconcileDifferences.class);

    static ReconcileDifferences of(Connection transaction, RunContext context) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT COUNT(DISTINCT business_date), COALESCE(SUM(unknown_orders), 0),
                    COALESCE(SUM(unread_orders), 0), COALESCE(SUM(read_gross - stored_gross), 0),
                    COALESCE(STRING_AGG(DISTINCT currency, ','), '')
                FROM ops.reconcile_difference WHERE run_id = ?""")) {
            select.setString(1, context.runId());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new ReconcileDifferences(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getBigDecimal(4), row.getString(5));
            }
        }
    }

    /** As facts of the run's summary and, where there is a difference, as one line. */
    void tell(RunContext context) {
        context.summary()
                .fact("different_days", days)
                .fact("unknown_orders", unknownOrders)
                .fact("unread_orders", unreadOrders)
                .fact("gross_difference", gross)
                .fact("difference_currency", currency);
        if (days > 0) {
            log.warn(
                    "reconcile slice={} state=different days={} unknown_orders={} unread_orders={} gross_difference={} currency={}"
                            + " see=ops.v_reconcile_difference",
                    context.request().slice(),
                    days,
                    unknownOrders,
                    unreadOrders,
                    gross,
                    currency);
        }
    }
}
