package dev.jangbu.load.migrate;

import dev.jangbu.testkit.TestDatabase;
import org.flywaydb.core.Flyway;

/** Brings a database of a test to a schema version that was once the newest. */
final class Migrations {
    private Migrations() {}

    /** @param version the last to be applied */
    static void upTo(String version, TestDatabase database) {
        Flyway.configure()
                .dataSource(database.url(), database.user(), "")
                .locations("classpath:sql/migrations")
                .defaultSchema("ops")
                .createSchemas(true)
                .target(version)
                .load()
                .migrate();
    }
}
