package dev.jangbu.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query as text. */
final class ResultRows {
    private ResultRows() {}

    /** Each as its columns joined by {@code |}, NULL as {@code NULL}. */
    static List<String> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    String value = result.getString(column);
                    columns.add(value == null ? "NULL" : value);
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    static String only(String sql, List<String> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(sql + ": " + rows.size() + " rows (expected: 1)");
        }
        return rows.get(0);
    }
}
