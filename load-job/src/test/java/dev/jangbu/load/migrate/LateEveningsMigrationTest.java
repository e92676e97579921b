package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Version 22 over settings of a rule that somebody may have changed. */
@ExtendWith(PostgresExtension.class)
class LateEveningsMigrationTest {
    private static final String SETTING =
            "SELECT value FROM ops.anomaly_setting WHERE rule = 'outside_hours' AND name = 'hours_away'";

    @Test
    void theSettingThatCameWithTheRuleIsThreeHours(@Unmigrated TestDatabase database) {
        migrate(database, "18");
        assertThat(database.value(SETTING)).isEqualTo("2");

        migrate(database, "22");

        assertThat(database.value(SETTING)).isEqualTo("3");
    }

    @Test
    void aSettingOfOnesOwnStays(@Unmigrated TestDatabase database) {
        migrate(database, "18");
        database.execute(
                "UPDATE ops.anomaly_setting SET value = 4 WHERE rule = 'outside_hours' AND name = 'hours_away'");

        migrate(database, "22");

        assertThat(database.value(SETTING)).isEqualTo("4");
    }

    private static void migrate(TestDatabase database, String version) {
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
