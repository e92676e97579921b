package dev.jangbu.load.window;

import dev.jangbu.kit.run.RunContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Payments that a file brought although they are loaded, by month: whatever the file is called, they are known by what they
 * say. A database's rows come again every time, and are not told.
 */
record RepeatedMonths(Map<String, Long> rows) {
    RepeatedMonths {
        rows = new TreeMap<>(rows);
    }

    static RepeatedMonths of(Connection transaction) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery("""
                        SELECT to_char(judged.sale_date, 'YYYY-MM'), COUNT(*)
                        FROM judged_card_sale AS judged CROSS JOIN this_load
                        WHERE judged.outcome = 'unchanged' AND this_load.channel_code = 'FILE' GROUP BY 1""")) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return new RepeatedMonths(rows);
    }

    /** As facts of the run's summary, where there are any. */
    void tell(RunContext context) {
        if (!rows.isEmpty()) {
            context.summary()
                    .fact(
                            "repeated_rows",
                            rows.values().stream().mapToLong(Long::longValue).sum())
                    .fact("repeated_months", rows);
        }
    }
}
