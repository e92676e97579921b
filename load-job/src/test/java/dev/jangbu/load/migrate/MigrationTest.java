package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class MigrationTest {
    @Test
    void anEmptyDatabaseIsBroughtUpToDate(@Unmigrated TestDatabase database) {
        assertThat(migration(database).run().version()).isEqualTo(SchemaVersion.REQUIRED);
        assertThat(migration(database).pending()).isEmpty();
    }

    /** Neither could hold what sources send: a load would end at the first letter the encoding lacks. */
    @Test
    void aDatabaseThatCannotHoldEveryLetterIsRefusedInALine(@Unmigrated TestDatabase database) {
        for (String encoding : new String[] {"EUC_KR", "SQL_ASCII"}) {
            String name = "of_" + encoding.toLowerCase(java.util.Locale.ROOT);
            database.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING '" + encoding + "' LOCALE 'C'");
            try {
                String url = database.url().substring(0, database.url().lastIndexOf('/') + 1) + name;
                Migration refused = migration(new TestDatabase(url, database.user()));
                assertThatThrownBy(refused::run)
                        .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                                .isEqualTo(ExitCode.USAGE))
                        .hasMessageEndingWith(": encoding " + encoding + " (expected: UTF8, as of CREATE DATABASE …"
                                + " ENCODING 'UTF8' TEMPLATE template0; any locale will do)");
            } finally {
                database.execute("DROP DATABASE " + name + " WITH (FORCE)");
            }
        }
    }

    private static Migration migration(TestDatabase database) {
        return new Migration(new Database(
                DatabaseSettings.from(database.environment(), new Workspace(Path.of("target"))),
                BusinessCalendar.seoul(),
                "jangbu:test"));
    }
}
