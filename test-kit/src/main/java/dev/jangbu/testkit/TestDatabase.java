package dev.jangbu.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
        try (Connection connection = connect()) {
            return ResultRows.of(connection, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The only value of a query of one row and one column. */
    public String value(String sql) {
        return ResultRows.only(sql, rows(sql));
    }
}
