package dev.jangbu.search.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * A pool of sessions that have the rights of role {@code jangbu_search} whatever the login may do besides, read only
 * unless a transaction says otherwise, and end a statement after five seconds.
 */
public final class SearchDatabase implements AutoCloseable {
    private static final String BECOME_SEARCH = "SET ROLE jangbu_search";
    private static final String SESSION =
            "SET default_transaction_read_only = on; SET statement_timeout = '5s'; SET jit = off";
    private static final int CONNECTIONS = 8;
    private static final long PATIENCE_MILLIS = 5_000;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private SearchDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** @throws JobFailure when the database is away, not migrated far enough, or the login is not in the role */
    public static SearchDatabase open(DatabaseSettings settings, BusinessCalendar calendar) {
        Database database = new Database(settings, calendar, "jangbu:search-api");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            becomeSearch(statement, settings);
            SchemaVersion.require(connection);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot prepare " + settings.place());
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("search");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setConnectionInitSql(String.join("; ", BECOME_SEARCH, SESSION, database.sessionSql()));
        config.addDataSourceProperty("ApplicationName", database.applicationName());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Each statement is planned for its own values: a plan for any tenant and any text fits none.
        config.addDataSourceProperty("prepareThreshold", "0");
        return new SearchDatabase(new HikariDataSource(config));
    }

    public <T> T read(HandleCallback<T, RuntimeException> reading) {
        return jdbi.withHandle(reading);
    }

    /** In a transaction that may write what the role may. */
    public <T> T write(HandleCallback<T, RuntimeException> writing) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SET TRANSACTION READ WRITE");
            return writing.withHandle(handle);
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void becomeSearch(Statement statement, DatabaseSettings settings) throws SQLException {
        try {
            statement.execute(BECOME_SEARCH);
        } catch (SQLException refused) {
            if (SqlFailures.isUnavailable(refused)) {
                throw refused;
            }
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_USER: " + settings.user()
                            + " (expected: a login of a migrated database that is a member of jangbu_search)",
                    refused);
        }
    }
}
