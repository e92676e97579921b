package dev.jangbu.kit.database;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an error of PostgreSQL means for the run: try later, mend the settings, or a failure of its own. */
public final class SqlFailures {
    /**
     * invalid_password, invalid_authorization_specification, invalid_catalog_name; and the driver's own word for a
     * password or an encryption the server asks for and the settings do not have.
     */
    private static final Set<String> SETTINGS = Set.of("28P01", "28000", "3D000", "08004");

    /** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");

    /** What the pool says, without a SQLSTATE, of a connection it gave up because it broke. */
    private static final String GIVEN_UP = "Connection is closed";

    private SqlFailures() {}

    /** The first SQL error in the chain of causes, or null. */
    public static @Nullable SQLException find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** True when the server is not there or will not talk now: the same call may succeed later. */
    public static boolean isUnavailable(SQLException failure) {
        String state = state(failure);
        boolean isGivenUp = state.isEmpty() && GIVEN_UP.equals(failure.getMessage());
        return !isWrongSettings(failure) && (isGivenUp || state.startsWith("08") || AWAY.contains(state));
    }

    /** True when user, password or database name are wrong, or missing. */
    public static boolean isWrongSettings(SQLException failure) {
        return SETTINGS.contains(state(failure));
    }

    /** One line for the person who reads it, with the exit code that fits. */
    public static JobFailure explain(SQLException failure, String doing) {
        String message = doing + ": " + firstLine(failure) + " (SQLSTATE " + state(failure) + ")";
        if (isUnavailable(failure)) {
            return new JobFailure(ExitCode.UNAVAILABLE, message + "; the database went away, run again", failure);
        }
        if (state(failure).equals("53100")) {
            return new JobFailure(
                    ExitCode.FAILED, message + "; the database's disk is full, free some and run again", failure);
        }
        return new JobFailure(ExitCode.FAILED, message, failure);
    }

    static String firstLine(SQLException failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse("");
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
