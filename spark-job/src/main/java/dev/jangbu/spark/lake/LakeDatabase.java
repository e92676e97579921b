package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.time.BusinessCalendar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The database the catalog lies in, asked first by commands that are no run. */
final class LakeDatabase {
    private LakeDatabase() {}

    static Database of(Map<String, String> environment, RunOptions options) {
        return new Database(
                DatabaseSettings.from(environment, options.workspace()),
                BusinessCalendar.from(environment),
                "jangbu:lake");
    }

    /** @throws dev.jangbu.kit.exit.JobFailure when it is away, or was never migrated so far */
    static void require(Map<String, String> environment, RunOptions options) {
        try (Connection connection = of(environment, options).connect()) {
            SchemaVersion.require(connection);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot read the schema's version");
        }
    }
}
