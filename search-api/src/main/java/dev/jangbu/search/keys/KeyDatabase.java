package dev.jangbu.search.keys;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Option;

/** Where the keys are kept; an option of each command about them. */
final class KeyDatabase {
    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "${env:JANGBU_WORKSPACE:-./data}",
            description = "Whose database is meant where JANGBU_DB_URL is not set (default: ./data).")
    private Path workspace = Path.of("data");

    interface Work {
        ExitCode with(Handle handle);
    }

    ExitCode run(Work work) {
        DatabaseSettings settings = DatabaseSettings.from(System.getenv(), new Workspace(workspace));
        Database database = new Database(settings, BusinessCalendar.seoul(), "jangbu:search-api keys");
        try (Handle handle = Jdbi.create(database::connect).open()) {
            SchemaVersion.require(handle.getConnection());
            return work.with(handle);
        } catch (RuntimeException failure) {
            SQLException sql = SqlFailures.find(failure);
            if (sql == null || failure instanceof JobFailure) {
                throw failure;
            }
            throw SqlFailures.explain(sql, "cannot keep the keys");
        }
    }
}
