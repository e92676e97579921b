package dev.jangbu.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The PostgreSQL the jobs use: {@code JANGBU_DB_URL}, or the embedded one of the workspace. */
record Server(String url, String user, String password) {
    static Server of(Path workspace) throws IOException {
        String url = System.getenv().getOrDefault("JANGBU_DB_URL", "");
        if (!url.isBlank()) {
            return new Server(
                    url,
                    System.getenv().getOrDefault("JANGBU_DB_USER", "jangbu"),
                    System.getenv().getOrDefault("JANGBU_DB_PASSWORD", ""));
        }
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(workspace.resolve("postgres/connection.properties"))) {
            properties.load(file);
        }
        return new Server(
                properties.getProperty("url", ""),
                properties.getProperty("user", ""),
                properties.getProperty("password", ""));
    }

    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Seoul'");
        }
        return connection;
    }
}
