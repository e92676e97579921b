package dev.jangbu.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A database of one test, fresh and migrated.
 *
 * @param url jdbc URL without user or password
 */
public record TestDatabase(String url, String user) {
    /** The settings a job needs to find this database; it fails at once when the server is away. */
    public Map<String, String> environment() {
        return Map.of("JANGBU_DB_URL", url, "JANGBU_DB_USER", user, "JANGBU_DB_WAIT_SECONDS", "1");
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The rows of a query, each as its columns joined by {@code |}, NULL as {@code NULL}. */
    public List<String> rows(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
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
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The only value of a query of one row and one column. */
    public String value(String sql) {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new IllegalStateException(sql + ": " + rows.size() + " rows (expected: 1)");
        }
        return rows.get(0);
    }
}
