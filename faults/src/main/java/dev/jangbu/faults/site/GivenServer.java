package dev.jangbu.faults.site;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of the user's: a database is made in it and dropped after; the server itself is left alone. */
public final class GivenServer implements Server {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

    private final String given;
    private final String url;
    private final String name;
    private final String user;
    private final String password;

    /** @param name of the database to be made: letters, digits and underscores */
    GivenServer(String given, String name, String user, String password) {
        Matcher parts = URL.matcher(given);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "JANGBU_DB_URL: " + given + " (expected: jdbc:postgresql://host:port/database)");
        }
        this.given = given;
        this.name = name;
        this.url = parts.group(1) + name + parts.group(3);
        this.user = user;
        this.password = password;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public boolean isOwn() {
        return false;
    }

    @Override
    public void crash() {
        throw new UnsupportedOperationException("the server is not this torture's own");
    }

    @Override
    public void start() {
        try {
            execute("CREATE DATABASE " + name);
        } catch (SQLException refused) {
            throw new IllegalStateException(
                    "cannot make the scratch database " + name + ": " + refused.getMessage()
                            + " (expected: a JANGBU_DB_USER that may CREATE DATABASE)",
                    refused);
        }
    }

    @Override
    public void remove() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(given, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
