package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.DatabaseAddress;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;

/**
 * The source as it was at one moment: a transaction that reads only, sees no later change and locks nobody. Of one thread.
 */
final class Snapshot implements AutoCloseable {
    private final DatabaseAddress address;
    private final ClientDriver driver;
    private final Connection connection;
    private final Instant at;
    private final LocalDateTime sourceTime;

    private Snapshot(
            DatabaseAddress address, ClientDriver driver, Connection connection, Instant at, LocalDateTime sourceTime) {
        this.address = address;
        this.driver = driver;
        this.connection = connection;
        this.at = at;
        this.sourceTime = sourceTime;
    }

    /**
     * @param zone that of the times the table has without one
     * @throws NeedsAttention when the password is wrong
     * @throws JobFailure when the server cannot be reached or is not to be trusted
     */
    static Snapshot open(
            DatabaseAddress address, String password, Map<String, String> environment, ZoneId zone, Clock clock)
            throws NeedsAttention {
        ClientDriver driver = ClientDriver.of(address);
        Connection connection;
        try {
            connection = driver.connect(address, password, environment);
        } catch (SQLException failure) {
            throw SourceFailures.ofConnecting(failure, address);
        }
        try {
            settle(connection, zone.getRules().getOffset(clock.instant()).getId());
            Instant at = clock.instant();
            return new Snapshot(address, driver, connection, at, begin(connection));
        } catch (SQLException failure) {
            close(connection);
            throw SourceFailures.of(failure, address, "cannot begin a snapshot");
        }
    }

    private static void settle(Connection connection, String offset) throws SQLException {
        try (PreparedStatement zone = connection.prepareStatement("SET SESSION time_zone = ?");
                Statement statement = connection.createStatement()) {
            zone.setString(1, offset.equals("Z") ? "+00:00" : offset);
            zone.execute();
            // A disk that is slow here must not end the server's patience in the middle of a page.
            statement.execute("SET SESSION net_write_timeout = 600");
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
    }

    private static LocalDateTime begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            try (ResultSet row = statement.executeQuery("SELECT NOW(6)")) {
                row.next();
                return row.getObject(1, LocalDateTime.class);
            }
        }
    }

    /** When it was taken, by this machine's clock; never later than that. */
    Instant at() {
        return at;
    }

    /** When it was taken, by the source's clock. */
    LocalDateTime sourceTime() {
        return sourceTime;
    }

    /** Work on the snapshot. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** @throws JobFailure when the server fails or goes away */
    <T> T ask(String doing, Work<T> work) {
        try {
            return work.with(connection);
        } catch (SQLException failure) {
            throw SourceFailures.of(failure, address, doing);
        }
    }

    /** A query whose rows are handed over as they come. */
    PreparedStatement streamed(String sql) throws SQLException {
        PreparedStatement query =
                connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        query.setFetchSize(driver.fetchSize());
        return query;
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // It only read; the server forgets it.
        }
    }
}
