package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Version 22 over settings of a rule that somebody may have changed. */
@ExtendWith(PostgresExtension.class)
class LateEveningsMigrationTest {
    private static final String SETTING =
            "SELECT value FROM ops.anomaly_setting WHERE rule = 'outside_hours' AND name = 'hours_away'";

    @Test
    void theSettingThatCameWithTheRuleIsThreeHours(@Unmigrated TestDatabase database) {
        Migrations.upTo("18", database);
        assertThat(database.value(SETTING)).isEqualTo("2");

        Migrations.upTo("22", database);

        assertThat(database.value(SETTING)).isEqualTo("3");
    }

    @Test
    void aSettingOfOnesOwnStays(@Unmigrated TestDatabase database) {
        Migrations.upTo("18", database);
        database.execute(
                "UPDATE ops.anomaly_setting SET value = 4 WHERE rule = 'outside_hours' AND name = 'hours_away'");

        Migrations.upTo("22", database);

        assertThat(database.value(SETTING)).isEqualTo("4");
    }
}
