package dev.jangbu.testkit;

import dev.jangbu.devsource.MariaDbServer;
import dev.jangbu.devsource.SourceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A MariaDB database of one test, empty at first; its users come by TLS only. Its server tells Seoul's time. */
public record TestMariaDb(MariaDbServer server, SourceDatabase source) {
    public String host() {
        return MariaDbServer.HOST;
    }

    public int port() {
        return server.port();
    }

    public String database() {
        return source.name();
    }

    /** May only read. */
    public String user() {
        return source.reader();
    }

    public Path passwordFile() {
        return source.readerPasswordFile();
    }

    /** May do all in this database. */
    public String owner() {
        return source.owner();
    }

    public Path ownerPasswordFile() {
        return source.ownerPasswordFile();
    }

    /** The certificate of the authority to trust, PEM. */
    public Path caFile() {
        return server.authority();
    }

    /** A jdbc URL that checks the server's certificate, without user or password. */
    public String url() {
        return "jdbc:mariadb://" + host() + ":" + port() + "/" + database() + "?sslMode=verify-full&serverSslCert="
                + caFile();
    }

    /** As the owner. */
    public Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(url(), owner(), Files.readString(ownerPasswordFile()));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
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

    /** Kills the server, all databases of it; {@link #start()} brings it back as it was, at the same port. */
    public void kill() {
        server.kill();
    }

    public void start() {
        server.start();
    }

    /**
     * Sets the clock the database's users see ahead, for sessions that begin from now on; within a session {@code NOW()} then
     * stands still.
     */
    public void setAhead(Duration lead) {
        server.execute("SET GLOBAL init_connect = 'SET SESSION timestamp = UNIX_TIMESTAMP(NOW(6)) + " + lead.toSeconds()
                + "'");
    }
}
