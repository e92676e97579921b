package dev.jangbu.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The yardstick of the checks: DuckDB reads the landing's JSON Lines and counts the seven checks in SQL. */
final class DuckDbChecks {
    private static final int CHECKS = 7;

    private final List<Path> parts;
    private final LocalDate businessDate;

    DuckDbChecks(List<Path> parts, LocalDate businessDate) {
        this.parts = List.copyOf(parts);
        this.businessDate = businessDate;
    }

    /**
     * Runs all of it on a fresh in-memory database.
     *
     * @return for each check {@code name counted failed}
     */
    List<String> run() throws SQLException, IOException {
        String[] statements = sql().split(";\\s*\\n", 2);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'Asia/Seoul'");
            statement.execute(statements[0].replace(":files", fileList()));
            try (PreparedStatement checks = connection.prepareStatement(statements[1])) {
                checks.setString(1, businessDate.toString());
                return rows(checks);
            }
        }
    }

    private static List<String> rows(PreparedStatement checks) throws SQLException {
        try (ResultSet result = checks.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getLong(2) + " " + result.getLong(3));
            }
            if (rows.size() != CHECKS) {
                throw new IllegalStateException("checks: " + rows.size() + " (expected: " + CHECKS + ")");
            }
            return rows;
        }
    }

    /** File names are not parameters in DuckDB's table functions here; quotes in them are doubled. */
    private String fileList() {
        List<String> quoted = parts.stream()
                .map(part -> "'" + part.toString().replace("'", "''") + "'")
                .toList();
        return "[" + String.join(", ", quoted) + "]";
    }

    private static String sql() throws IOException {
        try (InputStream file = Objects.requireNonNull(DuckDbChecks.class.getResourceAsStream("/duckdb/checks.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
