package dev.jangbu.spark.mart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar in the place of two jobs. */
@ExtendWith(PostgresExtension.class)
class StandInIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final JobJar JOB = JobJar.of("spark-job");

    @TempDir
    private Path workspace;

    @Test
    void aDayIsCheckedAndItsMartsAreBuiltUnderTheJobsNames(TestDatabase database) {
        JobDays days = new JobDays(database, workspace);
        days.land(DAY, 60, 0, List.of());
        assertThat(run(database, "validate", "events").exitCode()).isZero();
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        JobJar.Ended marts = run(database, "mart", "events", "--mart", "all");
        assertThat(marts.exitCode()).as(marts.output() + marts.error()).isZero();
        assertThat(Json.mapper().readTree(marts.lastLine()).get("marts")).hasSize(4);
        assertThat(database.rows("SELECT job, slice, status FROM ops.pipeline_run_log ORDER BY started_at"))
                .startsWith("transform-job|all|done", "load-job|all|done")
                .contains("mart-job|mart_orders|done", "mart-job|mart_user_daily|done")
                .hasSize(6);
    }

    @Test
    void aDayThatDoesNotPassEndsWithTen(TestDatabase database) {
        new JobDays(database, workspace).land(DAY, 60, 0.2, List.of());
        JobJar.Ended ended = run(database, "validate", "events");
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isEqualTo(10);
        assertThat(Json.mapper().readTree(ended.lastLine()).get("status").stringValue())
                .isEqualTo("quality_failed");
    }

    private JobJar.Ended run(TestDatabase database, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--ds", DAY.toString(), "--master", "local[2]", "--workspace", workspace.toString()));
        return JOB.with(database.environment()).run(all.toArray(String[]::new));
    }
}
