package dev.jangbu.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.load.day.CleanDay;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** load-job.jar as a process. */
@ExtendWith(PostgresExtension.class)
class LoadJobIT {
    private static final String DAY_OF_USERS =
            "SELECT user_id, COUNT(*) FROM raw.raw_events WHERE event_date = '2026-01-15' GROUP BY user_id";

    @TempDir
    private Path workspace;

    @Test
    void migrateBringsAnEmptyDatabaseUpToDateAndAgainChangesNothing(@Unmigrated TestDatabase database) {
        JobJar jar = JobJar.of("load-job").with(database.environment());

        JobJar.Ended dry = jar.run("migrate", "--dry-run");
        JobJar.Ended first = jar.run("migrate");
        JobJar.Ended second = jar.run("migrate");

        assertThat(dry.output().lines()).first().isEqualTo("would run V0001__schemas_and_roles.sql");
        assertThat(first.exitCode()).isZero();
        assertThat(first.lastLine()).startsWith("{\"job\":\"load-job\",\"command\":\"migrate\",\"status\":\"done\"");
        assertThat(second.lastLine()).contains("\"applied\":0");
        assertThat(database.value("SELECT MAX(version::INTEGER)::TEXT FROM ops.flyway_schema_history"))
                .isEqualTo(database.value(
                        "SELECT COUNT(*)::TEXT FROM ops.flyway_schema_history WHERE version IS NOT NULL"));
    }

    @Test
    void aMigrationThatIsRefusedIsOneLine(@Unmigrated TestDatabase database) {
        database.execute("CREATE SCHEMA ops");
        database.execute("CREATE TABLE ops.run_lock (other INTEGER)");

        JobJar.Ended ended = JobJar.of("load-job").with(database.environment()).run("migrate");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error().lines()).hasSize(1).first().asString().startsWith("migration refused: ");
    }

    @Test
    void aDayIsLoadedFromAnyFolder(TestDatabase database) {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        day.writeDown(database);

        JobJar.Ended ended = load(database).run("events", "--ds", "2026-01-15", "--workspace", workspace.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.error()).isEmpty();
        assertThat(ended.lastLine()).contains("\"status\":\"done\"").contains("\"rows\":3");
        assertThat(database.rows(DAY_OF_USERS)).containsExactly("U000001|3");
    }

    @Test
    void aDryRunChangesNothing(TestDatabase database) {
        JobJar.Ended ended =
                load(database).run("events", "--ds", "2026-01-15", "--dry-run", "--workspace", workspace.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).startsWith("would replace 2026-01-15 of events by the files named in ");
        assertThat(database.rows("SELECT 1 FROM ops.run_lock")).isEmpty();
    }

    @Test
    void wrongArgumentsAreOneLineAndExitTwo() {
        JobJar jar = JobJar.of("load-job");

        JobJar.Ended day = jar.run("events", "--ds", "2026-02-30");
        JobJar.Ended dataset = jar.run("evnts", "--ds", "2026-01-15");
        JobJar.Ended nothing = jar.run("events", "--ds", "2026-01-15", "--workspace", workspace.toString());

        assertThat(List.of(day.exitCode(), dataset.exitCode(), nothing.exitCode()))
                .containsExactly(2, 2, 2);
        assertThat(day.error()).isEqualTo("--ds: 2026-02-30 (expected: a date such as 2026-01-15)\n");
        assertThat(jar.run("--ds", "2026-01-15").error())
                .isEqualTo(
                        "dataset: none given (expected: events, orders, refunds, products, coupons, web-traffic, card-sales, or a command: migrate, erase, retain)\n");
        assertThat(dataset.error())
                .isEqualTo(
                        "dataset: evnts (expected: events, orders, refunds, products, coupons, web-traffic, card-sales, or a command: migrate, erase, retain)\n");
        assertThat(nothing.lastLine()).contains("JANGBU_DB_URL: not set");
    }

    @Test
    void aSecretIsInNoOutput(TestDatabase database) {
        JobJar jar = load(database)
                .with(Map.of(
                        "JANGBU_DB_URL", "jdbc:postgresql://127.0.0.1:1/jangbu",
                        "JANGBU_DB_PASSWORD", "s3cret-word",
                        "JANGBU_DB_WAIT_SECONDS", "0"));

        JobJar.Ended ended = jar.run("events", "--ds", "2026-01-15", "--verbose", "--workspace", workspace.toString());

        assertThat(ended.exitCode()).isEqualTo(11);
        assertThat(ended.output() + ended.error()).doesNotContain("s3cret-word");
    }

    /** Instants from before the first statement to the middle of the copy and the key. */
    @ParameterizedTest
    @ValueSource(ints = {600, 1200, 1600, 2000, 2600})
    void aLoadKilledAtAnyInstantLeavesNothingAndTheNextOneLoadsTheDay(int millis, TestDatabase database)
            throws InterruptedException {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(150_000, "U000001"));
        day.writeDown(database);
        JobJar.Running killed =
                load(database).start("events", "--ds", "2026-01-15", "--workspace", workspace.toString());
        killed.process().waitFor(millis, TimeUnit.MILLISECONDS);
        killed.process().destroyForcibly().waitFor();

        JobJar.Ended next = load(database).run("events", "--ds", "2026-01-15", "--workspace", workspace.toString());

        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(database.rows(DAY_OF_USERS)).containsExactly("U000001|150000");
        assertThat(database.rows("SELECT DISTINCT in_table FROM ops.load_log")).containsExactly("150000");
        assertThat(
                        database.rows(
                                "SELECT tablename FROM pg_tables WHERE schemaname = 'raw' AND tablename LIKE 'raw\\_events\\_%'"))
                .containsExactly("raw_events_20260115");
    }

    @Test
    void aLoadAskedToStopSaysSoQuicklyAndTheNextOneLoadsTheDay(TestDatabase database) throws InterruptedException {
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(150_000, "U000001"));
        day.writeDown(database);
        JobJar.Running running =
                load(database).start("events", "--ds", "2026-01-15", "--workspace", workspace.toString());
        while (!running.soFar().contains("step=replace_day state=started")) {
            running.process().waitFor(20, TimeUnit.MILLISECONDS);
        }
        long asked = System.nanoTime();
        running.process().destroy();

        JobJar.Ended stopped = running.await();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(8_000);
        assertThat(stopped.exitCode()).isEqualTo(143);
        assertThat(stopped.lastLine()).contains("\"status\":\"stopped\",\"exit_code\":143");
        JobJar.Ended next = load(database).run("events", "--ds", "2026-01-15", "--workspace", workspace.toString());
        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(database.rows("SELECT status, exit_code FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("stopped|143", "done|0");
        assertThat(database.rows(DAY_OF_USERS)).containsExactly("U000001|150000");
    }

    private static JobJar load(TestDatabase database) {
        return JobJar.of("load-job").with(database.environment());
    }
}
