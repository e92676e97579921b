package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runbook says of backups: dumped, restored into an empty server, and worked on. */
class BackupIT {
    private static final int INSTALLED = 15;
    private static final String NAME = "jangbu";
    private static final String DS = "2026-01-15";
    private static final String NEXT = "2026-01-16";

    @TempDir
    private Path firstFolder;

    @TempDir
    private Path secondFolder;

    @TempDir
    private Path workspace;

    @Test
    void aRestoredDatabaseHasTheSameBooksAndGoesOn() throws IOException {
        Path roles = workspace.resolve("roles.sql");
        Path dump = workspace.resolve("jangbu.dump");
        try (InstalledPostgres first = InstalledPostgres.start(INSTALLED, firstFolder);
                InstalledPostgres second = InstalledPostgres.start(INSTALLED, secondFolder)) {
            first.client("createdb", NAME);
            TestDatabase backedUp = first.database(NAME);
            Pipeline there = new Pipeline(backedUp, workspace);
            there.expect(0, "load-job", "migrate");
            day(there, DS);
            first.client("pg_dumpall", "--roles-only", "--no-role-passwords", "--file=" + roles);
            first.client("pg_dump", "--format=custom", "--file=" + dump, NAME);

            second.client("psql", "--quiet", "--file=" + roles, "postgres");
            second.client("pg_restore", "--exit-on-error", "--create", "--dbname=postgres", dump.toString());
            TestDatabase restored = second.database(NAME);
            Pipeline here = new Pipeline(restored, workspace);

            assertThat(here.checksums()).isEqualTo(there.checksums());
            assertThat(restored.value("SHOW search_path")).isEqualTo("mart, raw, ops, public");
            assertThat(rights(restored)).isEqualTo(rights(backedUp));
            assertThat(ledger(restored)).isEqualTo(ledger(backedUp));
            assertThat(here.expect(0, "load-job", "migrate")).contains("\"applied\":0");
            // A restored database goes on: the same day again, and the next one.
            day(here, DS);
            assertThat(here.checksums()).isEqualTo(there.checksums());
            day(here, NEXT);
            assertThat(restored.value("SELECT COUNT(DISTINCT event_date) FROM raw.raw_events"))
                    .isEqualTo("2");
        }
    }

    private static void day(Pipeline pipeline, String ds) {
        pipeline.simulate(ds, "--users", "200");
        pipeline.transform(ds);
        pipeline.load(ds);
        pipeline.marts(ds);
    }

    private static List<String> ledger(TestDatabase database) {
        return database.rows("SELECT * FROM ops.load_log ORDER BY run_id, file");
    }

    private static List<String> rights(TestDatabase database) {
        return database.rows(
                "SELECT grantee, table_schema, table_name, privilege_type FROM information_schema.role_table_grants"
                        + " WHERE grantee LIKE 'jangbu%' ORDER BY 1, 2, 3, 4");
    }
}
