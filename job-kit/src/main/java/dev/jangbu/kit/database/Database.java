package dev.jangbu.kit.database;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to PostgreSQL. Each session carries the run's id as its application name, shows times in the
 * business zone whatever the machine's zone, and notices within two seconds that its job is dead.
 */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final DatabaseSettings settings;
    private final BusinessCalendar calendar;
    private final String applicationName;

    /** @param applicationName the sessions' name in {@code pg_stat_activity}: {@code jangbu:<run id>} */
    public Database(DatabaseSettings settings, BusinessCalendar calendar, String applicationName) {
        this.settings = settings;
        this.calendar = calendar;
        this.applicationName = applicationName;
    }

    /** The same database, tried once and not waited for. */
    public Database withoutPatience() {
        DatabaseSettings once =
                new DatabaseSettings(settings.url(), settings.user(), settings.password(), Duration.ZERO);
        return new Database(once, calendar, applicationName);
    }

    public DatabaseSettings settings() {
        return settings;
    }

    public String applicationName() {
        return applicationName;
    }

    /** What each new session is told first. */
    public String sessionSql() {
        return "SET TIME ZONE '" + calendar.zone().getId() + "'; SET client_connection_check_interval = '2s'";
    }

    /**
     * A connection of its own, in auto-commit; a server that does not answer is tried again for as long as the settings say.
     *
     * @throws JobFailure {@link ExitCode#UNAVAILABLE} when it stays away, {@link ExitCode#USAGE} on a wrong user,
     *     password or database name
     */
    public Connection connect() {
        long deadline = System.nanoTime() + settings.patience().toNanos();
        boolean told = false;
        while (true) {
            try {
                return open();
            } catch (SQLException failure) {
                if (SqlFailures.isWrongSettings(failure)) {
                    throw new JobFailure(
                            ExitCode.USAGE,
                            "cannot log in to " + settings.place() + " as " + settings.user() + ": "
                                    + SqlFailures.firstLine(failure)
                                    + " (expected: a right JANGBU_DB_USER, JANGBU_DB_PASSWORD_FILE and database)",
                            failure);
                }
                if (!SqlFailures.isUnavailable(failure)) {
                    throw SqlFailures.explain(failure, "cannot connect to " + settings.place());
                }
                if (System.nanoTime() >= deadline) {
                    throw new JobFailure(
                            ExitCode.UNAVAILABLE,
                            "database " + settings.place() + " not available after "
                                    + settings.patience().toSeconds() + " s: " + SqlFailures.firstLine(failure)
                                    + "; start it, or set JANGBU_DB_URL, and run again",
                            failure);
                }
                if (!told) {
                    log.warn(
                            "database={} state=unavailable waiting_seconds={}",
                            settings.place(),
                            settings.patience().toSeconds());
                    told = true;
                }
                pause();
            }
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        if (!settings.password().isEmpty()) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sessionSql());
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
        return connection;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailure(ExitCode.UNAVAILABLE, "stopped while waiting for the database", interrupted);
        }
    }
}
