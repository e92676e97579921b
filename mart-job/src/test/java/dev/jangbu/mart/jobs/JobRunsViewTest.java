package dev.jangbu.mart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The view {@code ops.job_runs}. */
@ExtendWith(PostgresExtension.class)
class JobRunsViewTest {
    private static final String DAY = "2026-01-15";

    @ParameterizedTest
    @CsvSource({
        "done, 0, done",
        "failed, 1, failed",
        "usage, 2, failed",
        "quality_failed, 10, quality_failed",
        "unavailable, 11, failed",
        "held, 12, failed",
        "stopped, 143, stopped",
    })
    void aRunThatEndedKeepsItsExitCodeAndHasAStateOfFewWords(
            String status, int exitCode, String state, TestDatabase database) {
        new LoggedRuns(database).ended(DAY, "load-job", "all", status, exitCode, "12", "why");

        assertThat(database.rows("SELECT state, exit_code, row_count, seconds, message, started_in_seoul, started_at ="
                        + " TIMESTAMPTZ '2026-01-16 00:10:00+09' FROM ops.job_runs"))
                .containsExactly(state + "|" + exitCode + "|12|1.250|why|2026-01-16 00:10:00|t");
    }

    @Test
    void aRunWithAHeartbeatIsRunningAndItsSecondsGrow(TestDatabase database) {
        new LoggedRuns(database).running(DAY, "load-job", "all", 29);

        assertThat(database.rows("SELECT state, exit_code, row_count, seconds > 0, message FROM ops.job_runs"))
                .containsExactly("running|NULL|NULL|t|");
    }

    @Test
    void aRunWithoutAHeartbeatForHalfAMinuteIsLost(TestDatabase database) {
        new LoggedRuns(database).running(DAY, "load-job", "all", 31);

        assertThat(database.rows("SELECT state, exit_code, message = 'no heartbeat since '"
                        + " || TO_CHAR(heartbeat_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI:SS'),"
                        + " seconds = ROUND(EXTRACT(EPOCH FROM heartbeat_at - started_at), 3) FROM ops.job_runs"))
                .containsExactly("lost|NULL|t|t");
    }

    @Test
    void aRunThatTheNextOneFoundIsLostAndTheNextOneIsNot(TestDatabase database) {
        new LoggedRuns(database).killed(DAY, "load-job", "all").running(DAY, "load-job", "all", 0);

        assertThat(database.rows("SELECT state, seconds IS NULL, message FROM ops.job_runs ORDER BY started_at"))
                .containsExactly("lost|t|ended without a word; found by the next run", "running|f|");
    }

    @Test
    void aRunWhoseHeartbeatAnotherTookOverIsLost(TestDatabase database) {
        new LoggedRuns(database).running(DAY, "load-job", "all", 0);
        database.execute("UPDATE ops.run_heartbeat SET token = token + 1");

        assertThat(database.rows("SELECT state, seconds, message FROM ops.job_runs"))
                .containsExactly("lost|NULL|no heartbeat since another run took over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jangbu_job", "jangbu_loader", "jangbu_mart"})
    void everyJobReadsItAndNobodyWritesIt(String role, TestDatabase database) {
        database.execute("SET ROLE " + role + "; SELECT * FROM ops.job_runs");

        assertThat(database.rows("SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = '"
                        + role + "' AND table_name = 'job_runs'"))
                .containsExactly("SELECT");
    }

    @Test
    void everyColumnSaysWhatItMeans(TestDatabase database) {
        assertThat(database.rows("SELECT attname FROM pg_attribute WHERE attrelid = 'ops.job_runs'::REGCLASS"
                        + " AND attnum > 0 AND col_description(attrelid, attnum) IS NULL"))
                .isEmpty();
    }
}
