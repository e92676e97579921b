package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each job killed at a random instant, then run again: the rows are those of a day that was never disturbed. */
@ExtendWith(PostgresExtension.class)
class KilledJobsIT {
    private static final String DS = "2026-01-15";
    private static final int KILLS_PER_JOB = 3;
    private static final long SEED = 20_260_115;

    private static final List<String[]> STEPS = List.of(
            new String[] {"extract-job", "events", "--ds", DS, "--source", "simulator", "--users", "20000"},
            new String[] {"transform-job", "events", "--ds", DS},
            new String[] {"load-job", "events", "--ds", DS},
            new String[] {"mart-job", "build", "--mart", "mart_user_daily", "--ds", DS},
            new String[] {"mart-job", "build", "--mart", "mart_funnel_daily", "--ds", DS},
            new String[] {"mart-job", "build", "--mart", "mart_product_daily", "--ds", DS},
            new String[] {"mart-job", "build", "--mart", "mart_orders", "--ds", DS});

    @TempDir
    private Path workspace;

    @Test
    void aDayWhoseJobsAreKilledEndsAsOneThatWasNot(TestDatabase undisturbed, TestDatabase disturbed)
            throws InterruptedException {
        Pipeline quiet = new Pipeline(undisturbed, workspace.resolve("quiet"));
        Pipeline shot = new Pipeline(disturbed, workspace.resolve("shot"));
        Random random = new Random(SEED);
        for (String[] step : STEPS) {
            String[] arguments = List.of(step).subList(1, step.length).toArray(String[]::new);
            long start = System.nanoTime();
            quiet.expect(0, step[0], arguments);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            for (int kill = 0; kill < KILLS_PER_JOB; kill++) {
                JobJar.Running running = shot.start(step[0], arguments);
                running.process().waitFor(random.nextLong(millis), TimeUnit.MILLISECONDS);
                running.process().destroyForcibly().waitFor();
            }
            shot.expect(0, step[0], arguments);
        }

        Map<String, String> expected = quiet.checksums();
        assertThat(shot.checksums()).as("seed %d", SEED).isEqualTo(expected);
        assertThat(disturbed.rows("SELECT job, status FROM ops.pipeline_run_log WHERE status = 'running'"))
                .isEmpty();
    }
}
