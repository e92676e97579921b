package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.PackagedJob;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lake by the packaged jar alone. */
@ExtendWith(PostgresExtension.class)
class LakeJobIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final Event CLICK = Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001");
    private static final Event SEARCH = Event.of("search U7 S7 2026-01-15T12:00:00 ios");

    @TempDir
    Path workspace;

    @Test
    void aPutKilledAtItsCommitLeavesTheDayAndTheNextIsWhole(TestDatabase database) throws Exception {
        LakeRun lake = new LakeRun(database, workspace);
        new CleanDay(workspace, DAY).file(CLICK).publish();
        done(job(database).run(arguments("lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]")));
        new CleanDay(workspace, DAY).file(SEARCH).publish();

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The commit waits for this row, so all files are written and none counts.
            statement.execute("SELECT 1 FROM lake.iceberg_tables FOR UPDATE");
            JobJar.Running killed = job(database)
                    .start(arguments("lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]"));
            awaitCommit(database, killed, true);
            killed.process().destroyForcibly().waitFor();
            // What PostgreSQL was asked for it does, unless it sees first that nobody is there any more.
            awaitCommit(database, killed, false);
            connection.rollback();
        }

        assertThat(lake.day(DAY)).containsExactly("click|U1");
        assertThat(lake.files(DAY)).hasSize(2);
        JobJar.Ended next =
                job(database).run(arguments("lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]"));
        done(next);
        assertThat(next.lastLine()).contains("\"orphans_removed\":1");
        assertThat(lake.day(DAY)).containsExactly("search|U7");
        assertThat(lake.files(DAY)).hasSize(2);
        assertThat(lake.told()).containsExactly("put 2026-01-15 1 PAST", "put 2026-01-15 1 CURRENT");
        assertThat(database.rows("SELECT status FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("done", "killed", "done");
    }

    @Test
    void thePromptAnswersWhatIsPipedIntoItAndOnlyReads(TestDatabase database) {
        new CleanDay(workspace, DAY).file(CLICK).file(SEARCH).publish();
        assertThat(new LakeRun(database, workspace).put(DAY)).isEqualTo(dev.jangbu.kit.exit.ExitCode.DONE);

        JobJar.Ended answered = job(database)
                .run(arguments(
                        "sql",
                        "--master",
                        "local[2]",
                        "-e",
                        "SELECT event_type, user_id FROM lake.events ORDER BY 1; SHOW TABLES",
                        "-e",
                        "DELETE FROM events WHERE user_id = 'U1'"));

        assertThat(answered.exitCode()).as(answered.output() + answered.error()).isEqualTo(1);
        assertThat(answered.output())
                .contains(
                        """
                        +----------+-------+
                        |event_type|user_id|
                        +----------+-------+
                        |click     |U1     |
                        |search    |U7     |
                        +----------+-------+
                        """,
                        "|         |events   |false      |",
                        "refused: this prompt only reads (expected: sql --write for what changes the lake)");
        JobJar.Ended history = job(database).run(arguments("lake", "history", "events", "--json"));
        assertThat(history.lastLine())
                .contains("\"action\":\"put\",\"day\":\"2026-01-15\",\"rows\":2,")
                .endsWith("}]");
    }

    private static JobJar job(TestDatabase database) {
        return PackagedJob.with(database.environment());
    }

    private String[] arguments(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--workspace", workspace.toString()));
        return all.toArray(String[]::new);
    }

    private static void done(JobJar.Ended ended) {
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
    }

    private static void awaitCommit(TestDatabase database, JobJar.Running job, boolean isWaiting)
            throws InterruptedException {
        for (int attempt = 0; attempt < 1_800; attempt++) {
            boolean isThere = !database.rows("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'UPDATE iceberg_tables%'"
                            + " AND wait_event_type = 'Lock' AND datname = current_database()")
                    .isEmpty();
            if (isThere == isWaiting) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("commit waits: " + !isWaiting + "; " + job.soFar());
    }
}
