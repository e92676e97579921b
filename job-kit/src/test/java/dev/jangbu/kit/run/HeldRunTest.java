package dev.jangbu.kit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class HeldRunTest {
    private static final String RUNS = "SELECT job, status, exit_code, message, facts FROM ops.pipeline_run_log";

    private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

    @TempDir
    private Path workspace = Path.of("");

    @Test
    void itHasALockATokenAndARowLikeAnyRun(TestDatabase database) {
        try (HeldRun run = begin(database)) {
            assertThat(database.rows("SELECT job, token, released_at FROM ops.run_lock"))
                    .containsExactly("test-job|1|NULL");
            assertThat(database.rows(RUNS)).isEmpty();

            run.started();
            assertThat(database.rows(RUNS)).containsExactly("test-job|running|NULL|NULL|NULL");

            run.context().summary().fact("removed", 3);
            run.ended(ExitCode.DONE, "");
        }

        assertThat(database.rows(RUNS)).containsExactly("test-job|done|0||{\"removed\": 3}");
        assertThat(database.rows("SELECT released_at IS NOT NULL FROM ops.run_lock"))
                .containsExactly("t");
    }

    @Test
    void whatIsHeldIsHeldByOneOnly(TestDatabase database) {
        try (HeldRun held = begin(database)) {
            assertThatThrownBy(() -> begin(database))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageStartingWith("test-job/events/all/2026-01-15: held by run "
                            + held.context().runId())
                    .extracting(failure -> ((JobFailure) failure).exitCode())
                    .isEqualTo(ExitCode.HELD);
        }

        try (HeldRun next = begin(database)) {
            assertThat(next.context().fence().token()).isEqualTo(2);
        }
    }

    @Test
    void slicesOfADayAreHeldOffTogetherOrNotAtAll(TestDatabase database) throws Exception {
        try (Connection other = database.connect();
                HeldRun whole = begin(database)) {
            other.setAutoCommit(false);
            try (HeldRun one = begin(database, "one");
                    HeldRun two = begin(database, "two")) {
                assertThatThrownBy(() -> DaySlices.holdOff(other, "test-job", "events", DAY))
                        .isInstanceOf(JobFailure.class)
                        .hasMessage("test-job/events/two/2026-01-15: held by run "
                                + two.context().runId() + "; wait for it to end and run again")
                        .extracting(failure -> ((JobFailure) failure).exitCode())
                        .isEqualTo(ExitCode.HELD);
                assertThat(one.context().request().slice()).isEqualTo("one");
            }

            DaySlices.holdOff(other, "test-job", "events", DAY);
            assertThatThrownBy(() -> begin(database, "one"))
                    .isInstanceOf(JobFailure.class)
                    .hasMessage("test-job/events/one/2026-01-15: all slices of the day are held; wait for that to end"
                            + " and run again")
                    .extracting(failure -> ((JobFailure) failure).exitCode())
                    .isEqualTo(ExitCode.HELD);
            assertThat(whole.context().fence().token()).isEqualTo(1);

            other.rollback();
            begin(database, "one").close();
        }
    }

    @Test
    void aDatabaseThatWasNeverMigratedIsRefused(@Unmigrated TestDatabase database) {
        assertThatThrownBy(() -> begin(database)).hasMessageContaining("never migrated");
    }

    private HeldRun begin(TestDatabase database) {
        return begin(database, RunRequest.WHOLE);
    }

    private HeldRun begin(TestDatabase database, String slice) {
        RunRequest request = new RunRequest("test-job", "events", slice, DAY, "1", new Workspace(workspace));
        return HeldRun.begin(request, database.environment(), Clock.systemUTC());
    }
}
