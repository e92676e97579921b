package dev.jangbu.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged jar, run by itself. */
@ExtendWith(PostgresExtension.class)
class SparkJobIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final JobJar JOB = JobJar.of("spark-job");

    @TempDir
    Path workspace;

    @Test
    void aRangeIsAggregatedDayByDayByOneProcess(TestDatabase database) {
        new CleanDay(workspace, DAY)
                .file(Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"))
                .publish();
        new CleanDay(workspace, DAY.plusDays(1)).publish();
        JobJar.Ended ended = JOB.with(database.environment())
                .run(
                        "aggregate",
                        "events",
                        "--from",
                        "2026-01-15",
                        "--to",
                        "2026-01-16",
                        "--master",
                        "local[2]",
                        "--workspace",
                        workspace.toString());
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        JsonNode summary = Json.mapper().readTree(ended.lastLine());
        assertThat(summary.get("status").stringValue()).isEqualTo("done");
        assertThat(summary.get("ds").stringValue()).isEqualTo("2026-01-16");
        assertThat(ended.error()).isEmpty();
        assertThat(database.rows(
                        "SELECT slice, business_date, status FROM ops.pipeline_run_log ORDER BY business_date"))
                .containsExactly("aggregate|2026-01-15|done", "aggregate|2026-01-16|done");
    }

    @Test
    void helpAndWrongArgumentsNeedNoSpark() {
        assertThat(JOB.run("aggregate", "--help").output()).contains("--master=URL", "--from=YYYY-MM-DD");
        JobJar.Ended refused = JOB.run("aggregate", "orders", "--ds", "2026-01-15");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.error()).isEqualTo("dataset: orders (expected: events)\n");
    }
}
