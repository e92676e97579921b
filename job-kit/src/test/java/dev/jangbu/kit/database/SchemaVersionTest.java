package dev.jangbu.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SchemaVersionTest {
    @Test
    void theJobsNeedTheNewestMigration(TestDatabase database) throws SQLException {
        assertThat(database.value("SELECT MAX(version::INTEGER)::TEXT FROM ops.flyway_schema_history"))
                .isEqualTo(String.valueOf(SchemaVersion.REQUIRED));
        try (Connection connection = database.connect()) {
            assertThatCode(() -> SchemaVersion.require(connection)).doesNotThrowAnyException();
        }
    }

    @Test
    void aDatabaseLeftBehindIsToldFromOneNeverMigrated(TestDatabase behind, @Unmigrated TestDatabase never)
            throws SQLException {
        behind.execute("DELETE FROM ops.flyway_schema_history WHERE version::INTEGER > 3");
        try (Connection connection = behind.connect()) {
            assertThatThrownBy(() -> SchemaVersion.require(connection))
                    .hasMessage("the database is at version 3 (expected: version " + SchemaVersion.REQUIRED + "); run"
                            + " `java -jar load-job/target/load-job.jar migrate` (or `make migrate`)");
        }
        try (Connection connection = never.connect()) {
            assertThatThrownBy(() -> SchemaVersion.require(connection))
                    .hasMessageStartingWith(
                            "the database was never migrated (expected: version " + SchemaVersion.REQUIRED + "); run ");
        }
    }
}
