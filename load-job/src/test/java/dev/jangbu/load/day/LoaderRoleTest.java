package dev.jangbu.load.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that is nothing but a member of {@code jangbu_loader} does the whole load, and nothing beside it. */
@ExtendWith(PostgresExtension.class)
class LoaderRoleTest {
    @TempDir
    private Path workspace;

    @BeforeEach
    void login(TestDatabase database) {
        database.execute("""
                DO $$
                BEGIN
                    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'loader_login') THEN
                        CREATE ROLE loader_login LOGIN IN ROLE jangbu_loader;
                    END IF;
                END
                $$""");
    }

    @Test
    void theLoaderLoadsADayAndLoadsItAgain(TestDatabase database) {
        TestDatabase loader = new TestDatabase(database.url(), "loader_login");
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        day.writeDown(database);

        assertThat(load(day, loader)).isEqualTo(ExitCode.DONE);
        day.publish(CleanDay.rows(2, "U000002"));
        day.writeDown(database);
        assertThat(load(day, loader)).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT user_id, COUNT(*) FROM raw.raw_events GROUP BY user_id"))
                .containsExactly("U000002|2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE raw.own (x INTEGER)",
                "DROP TABLE raw.raw_events",
                "DELETE FROM ops.load_log",
                "UPDATE ops.load_log SET clean = 0",
                "INSERT INTO ops.checked_file DEFAULT VALUES",
                "UPDATE ops.checked_file SET sha256 = 'mine'",
                "DELETE FROM ops.checked_file",
                "INSERT INTO ops.mart_log DEFAULT VALUES",
                "INSERT INTO ops.mart VALUES ('mart_mine', 'events')",
                "SELECT 1 FROM mart.v_freshness",
                "SELECT ops.create_day('events', '2026-01-16', 1)",
                "SELECT ops.attach_day('events', '2026-01-16', 1)",
                "INSERT INTO mart.mart_orders DEFAULT VALUES",
                "SELECT ops.grant_to('ALL ON SCHEMA raw', 'jangbu_loader')",
            })
    void theLoaderMayNotDoWhatIsNotALoad(String sql, TestDatabase database) {
        TestDatabase loader = new TestDatabase(database.url(), "loader_login");

        assertThatThrownBy(() -> loader.execute(sql))
                .hasRootCauseInstanceOf(java.sql.SQLException.class)
                .rootCause()
                .message()
                .containsPattern("permission denied|must be owner|does not hold the load");
    }

    private static ExitCode load(CleanDay day, TestDatabase loader) {
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new JobRunner(loader.environment(), Clock.systemUTC(), out, true)
                .run(day.request(), DayLoadConfiguration.class);
    }
}
