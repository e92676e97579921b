package dev.jangbu.load.migrate;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;

/** The migrations packaged in the jar, applied by Flyway, its history pinned to the schema {@code ops}. */
final class Migration {
    private final Database database;
    private final Flyway flyway;

    Migration(Database database) {
        this.database = database;
        this.flyway = Flyway.configure()
                .dataSource(
                        database.settings().url(),
                        database.settings().user(),
                        database.settings().password())
                .locations("classpath:sql/migrations")
                .defaultSchema("ops")
                .createSchemas(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load();
    }

    /**
     * What a run did.
     *
     * @param applied how many migrations it ran
     */
    record Outcome(int version, int applied) {
        Map<String, Object> summary() {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("job", "load-job");
            summary.put("command", "migrate");
            summary.put("status", ExitCode.DONE.status());
            summary.put("schema_version", version);
            summary.put("applied", applied);
            summary.put("version", Version.current());
            return summary;
        }
    }

    /**
     * Applies what is missing.
     *
     * @throws JobFailure {@link ExitCode#UNAVAILABLE} when the database stays away, {@link ExitCode#USAGE} when it cannot hold
     *     every letter, {@link ExitCode#FAILED} when a migration is refused
     */
    Outcome run() {
        waitForDatabase();
        try {
            MigrateResult result = flyway.migrate();
            return new Outcome(SchemaVersion.REQUIRED, result.migrationsExecuted);
        } catch (FlywayException refused) {
            throw refusal(refused);
        }
    }

    List<String> pending() {
        waitForDatabase();
        try {
            return Arrays.stream(flyway.info().pending())
                    .map(MigrationInfo::getScript)
                    .toList();
        } catch (FlywayException refused) {
            throw refusal(refused);
        }
    }

    private void waitForDatabase() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            String encoding = row.getString(1);
            if (!encoding.equals("UTF8")) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "database " + database.settings().place() + ": encoding " + encoding
                                + " (expected: UTF8, as of CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;"
                                + " any locale will do)");
            }
        } catch (SQLException failure) {
            throw new JobFailure(
                    ExitCode.UNAVAILABLE, "database " + database.settings().place() + " went away", failure);
        }
    }

    private static JobFailure refusal(FlywayException refused) {
        String message = String.valueOf(refused.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Learn more"))
                .reduce((one, next) -> one + " " + next)
                .orElse("");
        return new JobFailure(ExitCode.FAILED, "migration refused: " + message, refused);
    }
}
