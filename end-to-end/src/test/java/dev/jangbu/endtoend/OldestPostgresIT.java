package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole day on PostgreSQL 15, the oldest that is promised, gives the rows it gives on the one the tests bring. */
@ExtendWith(PostgresExtension.class)
class OldestPostgresIT {
    private static final int OLDEST = 15;
    private static final String DS = "2026-01-15";

    @TempDir
    private Path serverFolder;

    @TempDir
    private Path workspace;

    @Test
    void aDayGivesTheSameRowsAsOnTheNewest(TestDatabase newest) throws IOException {
        try (InstalledPostgres server = InstalledPostgres.start(OLDEST, serverFolder)) {
            TestDatabase oldest = server.database();
            Pipeline there = new Pipeline(oldest, workspace.resolve("oldest"));
            assertThat(oldest.value("SHOW server_version")).startsWith(OLDEST + ".");
            assertThat(there.expect(0, "load-job", "migrate")).contains("\"status\":\"done\"");
            Map<String, String> rows = day(there);

            Pipeline here = new Pipeline(newest, workspace.resolve("newest"));

            assertThat(rows).isEqualTo(day(here));
            assertThat(there.expect(0, "load-job", "migrate")).contains("\"applied\":0");
            assertReported(there);
        }
    }

    /** Twice: the first load attaches the day's partition, the second replaces its rows. */
    private static Map<String, String> day(Pipeline pipeline) {
        pipeline.simulate(DS, "--users", "300");
        pipeline.transform(DS);
        pipeline.load(DS);
        pipeline.load(DS);
        pipeline.marts(DS);
        return pipeline.checksums();
    }

    private void assertReported(Pipeline pipeline) {
        JobJar.Ended report = pipeline.run("mart-job", "report", "--ds", DS);
        assertThat(report.exitCode()).as(report.output()).isZero();
        assertThat(report.output()).contains("PASSED").contains("4 of 4 marts from this load;", "balances");
        Path page = workspace.resolve("dashboard.html");
        assertThat(pipeline.expect(0, "mart-job", "dashboard", "--days", "7", "--out", page.toString()))
                .contains("\"days_passed\":1");
        assertThat(page).content().contains(DS);
    }
}
