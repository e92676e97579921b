package dev.jangbu.mart.jobs;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.time.BusinessCalendar;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A short look into the database: no lock, no row, nothing changed. */
record JobsDatabase(Map<String, String> environment, RunOptions options) {
    JobsDatabase {
        environment = Map.copyOf(environment);
    }

    BusinessCalendar calendar() {
        return BusinessCalendar.from(environment);
    }

    /** Reads in one connection, which is closed after. */
    <T> T read(Function<JobRunReader, T> reading) {
        Database database =
                new Database(DatabaseSettings.from(environment, options.workspace()), calendar(), "jangbu-jobs");
        try (Handle handle = Jdbi.create(database::connect).open()) {
            SchemaVersion.require(handle.getConnection());
            return reading.apply(new JobRunReader(handle));
        }
    }
}
