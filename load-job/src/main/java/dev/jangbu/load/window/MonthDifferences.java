package dev.jangbu.load.window;

import dev.jangbu.kit.run.RunContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a weekly comparison of card sales found other than it was stored, all of which is mended: the rows of the run in
 * {@code ops.card_month_difference}.
 *
 * @param months that differ
 * @param brought sales that were missing
 * @param vanished sales the source has no more
 */
record MonthDifferences(long months, long brought, long changed, long returned, long vanished) {
    static final String DATASET = "card-sales";

    private static final Logger log = LoggerFactory.getLogger(MonthDifferences.class);

    static MonthDifferences of(Connection transaction, RunContext context) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT COUNT(*), COALESCE(SUM(brought), 0), COALESCE(SUM(changed), 0), COALESCE(SUM(returned), 0),
                    COALESCE(SUM(vanished), 0)
                FROM ops.card_month_difference WHERE run_id = ?""")) {
            select.setString(1, context.runId());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new MonthDifferences(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
            }
        }
    }

    /** As facts of the run's summary and, where there is a difference, as one line. */
    void tell(RunContext context) {
        context.summary()
                .fact("different_months", months)
                .fact("brought", brought)
                .fact("changed", changed)
                .fact("returned", returned)
                .fact("vanished", vanished);
        if (months > 0) {
            log.warn(
                    "reconcile slice={} state=different months={} brought={} changed={} returned={} vanished={}"
                            + " see=ops.card_month_difference",
                    context.request().slice(),
                    months,
                    brought,
                    changed,
                    returned,
                    vanished);
        }
    }
}
