package dev.jangbu.kit.database;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema this build of the jobs needs. */
public final class SchemaVersion {
    /** The newest migration in {@code sql/migrations}; a test holds the two together. */
    public static final int REQUIRED = 25;

    private static final String REMEDY = "run `java -jar load-job/target/load-job.jar migrate` (or `make migrate`)";

    private SchemaVersion() {}

    /** @throws JobFailure with {@link ExitCode#USAGE} on a database that was never migrated, or not far enough */
    public static void require(Connection connection) {
        int version = read(connection);
        if (version < REQUIRED) {
            String state = version == 0 ? "was never migrated" : "is at version " + version;
            throw new JobFailure(
                    ExitCode.USAGE, "the database " + state + " (expected: version " + REQUIRED + "); " + REMEDY);
        }
    }

    private static int read(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet exists =
                    statement.executeQuery("SELECT to_regclass('ops.flyway_schema_history') IS NOT NULL")) {
                exists.next();
                if (!exists.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet version = statement.executeQuery(
                    "SELECT COALESCE(MAX(version::INTEGER), 0) FROM ops.flyway_schema_history WHERE success")) {
                version.next();
                return version.getInt(1);
            }
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot read the schema's version");
        }
    }
}
