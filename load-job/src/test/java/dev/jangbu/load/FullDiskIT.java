package dev.jangbu.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.load.day.CleanDay;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own disk full: a database in a tablespace on a small file system, mounted for the test. Needs root. */
@ExtendWith(PostgresExtension.class)
class FullDiskIT {
    private static final int ROWS = 150_000;
    private static final String[] LOAD = {"events", "--ds", "2026-01-15"};

    @TempDir
    private Path disk;

    @TempDir
    private Path workspace;

    private boolean isMounted;
    private @Nullable TestDatabase moved;

    @BeforeEach
    void mountDisk() throws IOException, InterruptedException {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=28m,mode=0700", "jangbu-test", disk.toString());
        Assumptions.assumeTrue(isMounted, "skipped: a small file system cannot be mounted here (needs root)");
        Files.createDirectory(disk.resolve("space"));
    }

    @AfterEach
    void unmountDisk() throws IOException, InterruptedException {
        if (moved != null) {
            server(moved).execute("DROP DATABASE " + name(moved) + " WITH (FORCE)");
            server(moved).execute("DROP TABLESPACE small_disk");
        }
        if (isMounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void aLoadThatFillsTheDisksTablesChangesNothingAndIsDoneOnceThereIsRoom(TestDatabase database)
            throws IOException, InterruptedException {
        moveToDisk(database);
        CleanDay day = new CleanDay(workspace);
        day.publish(CleanDay.rows(3, "U000001"));
        day.writeDown(database);
        assertThat(load(database).exitCode()).isZero();
        day.publish(CleanDay.rows(ROWS, "U000002"));
        day.writeDown(database);

        JobJar.Ended full = load(database);

        assertThat(full.exitCode()).as(full.output()).isEqualTo(1);
        assertThat(full.error()).isEmpty();
        assertThat(full.output()).doesNotContain("\tat ");
        assertThat(full.lastLine())
                .contains("\"status\":\"failed\",\"exit_code\":1,\"message\":\"")
                .contains("No space left on device")
                .contains("(SQLSTATE 53100); the database's disk is full, free some and run again\"");
        assertThat(database.rows("SELECT user_id, COUNT(*) FROM raw.raw_events GROUP BY user_id"))
                .containsExactly("U000001|3");
        assertThat(database.rows("SELECT in_table FROM ops.load_log")).containsExactly("3");
        assertThat(database.rows("SELECT status, exit_code FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("done|0", "failed|1");

        assertThat(run("mount", "-o", "remount,size=512m", disk.toString())).isTrue();
        JobJar.Ended again = load(database);

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(database.rows("SELECT user_id, COUNT(*) FROM raw.raw_events GROUP BY user_id"))
                .containsExactly("U000002|" + ROWS);
        assertThat(database.rows("SELECT in_table FROM ops.load_log ORDER BY loaded_at"))
                .containsExactly("3", String.valueOf(ROWS));
        assertThat(database.rows("SELECT status, exit_code FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("done|0", "failed|1", "done|0");
    }

    /** The whole database, its catalogue too, lies on the disk; the server's journal does not. */
    private void moveToDisk(TestDatabase database) {
        server(database).execute("CREATE TABLESPACE small_disk LOCATION '" + disk.resolve("space") + "'");
        server(database).execute("ALTER DATABASE " + name(database) + " SET TABLESPACE small_disk");
        moved = database;
    }

    private static String name(TestDatabase database) {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static TestDatabase server(TestDatabase database) {
        return new TestDatabase(database.url().replace("/" + name(database), "/postgres"), database.user());
    }

    private JobJar.Ended load(TestDatabase database) {
        return JobJar.of("load-job")
                .with(database.environment())
                .run(LOAD[0], LOAD[1], LOAD[2], "--workspace", workspace.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
