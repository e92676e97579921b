package dev.jangbu.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Objects;
import java.util.StringJoiner;

/** The yardstick of a mart: its query's rows deleted and inserted, as someone would in psql; no check, no token. */
final class BareMart {
    private final Server server;
    private final Path project;
    private final String mart;
    private final String dayColumn;

    BareMart(Server server, Path project, String mart, String dayColumn) {
        this.server = server;
        this.project = project;
        this.mart = mart;
        this.dayColumn = dayColumn;
    }

    /** Builds the day in a transaction that is rolled back; returns its seconds. */
    double run(LocalDate businessDate) throws SQLException, IOException {
        String day = "DATE '" + businessDate + "'";
        String query = Files.readString(
                        project.resolve("sql/marts").resolve(mart).resolve("query.sql"))
                .strip()
                .replaceAll(";$", "")
                .replace(":business_date", day);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            statement.executeUpdate("DELETE FROM mart." + mart + " WHERE " + dayColumn + " = " + day);
            statement.executeUpdate("INSERT INTO mart." + mart + " (" + columns(connection, query) + ") " + query);
            double seconds = (System.nanoTime() - start) / 1e9;
            connection.rollback();
            return seconds;
        }
    }

    private static String columns(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData metadata = Objects.requireNonNull(statement.getMetaData());
            StringJoiner columns = new StringJoiner(", ");
            for (int column = 1; column <= metadata.getColumnCount(); column++) {
                columns.add(metadata.getColumnName(column));
            }
            return columns.toString();
        }
    }
}
