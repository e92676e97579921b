package dev.jangbu.faults.site;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of the user's: a database is made in it and dropped after; the server itself is left alone. */
public final class GivenServer implements Server {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

    /** SQLSTATE: dependent_objects_still_exist. */
    private static final String IN_USE = "2BP01";

    private final String given;
    private final String url;
    private final String name;
    private final String user;
    private final String password;
    private List<String> rolesBefore = List.of();

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
    public Optional<Path> data() {
        return Optional.empty();
    }

    @Override
    public void administer(String... statements) {
        throw new UnsupportedOperationException("the server is not this torture's own");
    }

    @Override
    public void crash() {
        throw new UnsupportedOperationException("the server is not this torture's own");
    }

    @Override
    public void start() {
        try {
            rolesBefore = roles();
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
        for (String role : roles()) {
            if (!rolesBefore.contains(role)) {
                dropUnused(role);
            }
        }
    }

    /** Roles are the server's: those that came with the scratch database go with it, unless somebody uses them by now. */
    private void dropUnused(String role) throws SQLException {
        try {
            execute("DROP ROLE " + role);
        } catch (SQLException refused) {
            if (!IN_USE.equals(refused.getSQLState())) {
                throw refused;
            }
        }
    }

    private List<String> roles() throws SQLException {
        try (Connection connection = DriverManager.getConnection(given, user, password);
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname LIKE 'jangbu\\_%' AND NOT rolcanlogin")) {
            List<String> roles = new ArrayList<>();
            while (names.next()) {
                roles.add(names.getString(1));
            }
            return roles;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(given, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
