package dev.jangbu.faults.site;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Asks the scratch database; a connection a question, because the server is stopped now and then. */
public final class Sql {
    private final Server server;

    Sql(Server server) {
        this.server = server;
    }

    /** A session of its own, in the business zone. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        properties.setProperty("ApplicationName", "torture");
        Connection connection = DriverManager.getConnection(server.url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Seoul'");
        }
        return connection;
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of each row; NULL as {@code null}, the word. */
    public List<String> column(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(String.valueOf(result.getString(1)));
            }
            return values;
        }
    }

    /** The only value of a query of one row and one column. */
    public String value(String sql) throws SQLException {
        List<String> values = column(sql);
        if (values.size() != 1) {
            throw new IllegalStateException(sql + ": " + values.size() + " rows (expected: 1)");
        }
        return values.get(0);
    }

    public long number(String sql) throws SQLException {
        return Long.parseLong(value(sql));
    }
}
