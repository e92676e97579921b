package dev.jangbu.load.day;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, in one reading of a day's table, the rows that each COPY left in it: PostgreSQL marks each row with its writer. */
final class RowCounts {
    private final Connection transaction;
    private final String table;

    /** @param table a name that {@link DayTable} gave */
    RowCounts(Connection transaction, String table) {
        this.transaction = transaction;
        this.table = table;
    }

    /** Of the copies of this transaction, in their order; a COPY of no rows is not among them. */
    List<Long> perCommand() throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM raw." + table + " GROUP BY cmin ORDER BY cmin::TEXT::BIGINT")) {
            List<Long> counts = new ArrayList<>();
            while (row.next()) {
                counts.add(row.getLong(1));
            }
            return counts;
        }
    }

    /** Of each transaction that wrote rows, by its id as {@code xmin} shows it. */
    Map<String, Long> perTransaction() throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT xmin::TEXT, COUNT(*) FROM raw." + table + " GROUP BY xmin")) {
            Map<String, Long> counts = new HashMap<>();
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
            return counts;
        }
    }
}
