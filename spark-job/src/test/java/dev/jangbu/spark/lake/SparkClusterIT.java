package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job on a cluster of two workers, one of which is killed in the middle of each job. */
@ExtendWith(PostgresExtension.class)
class SparkClusterIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final int FILES = 12;
    private static final int EVENTS_EACH = 1_500;

    @TempDir
    Path folder;

    @Test
    void aWorkerKilledInTheMiddleLosesNothing(TestDatabase database) throws Exception {
        Path workspace = folder.resolve("data");
        LakeDays.publish(workspace, DAY, FILES, EVENTS_EACH);
        JobJar job = JobJar.of("spark-job").with(database.environment()).withJvmOptions("-Xmx512m", "-XX:+UseSerialGC");
        run(job, workspace, List.of("--master", "local[2]"), "aggregate", "events");
        List<String> alone = tables(workspace);

        try (SparkCluster cluster = new SparkCluster(folder)) {
            Process first = cluster.worker();
            Process second = cluster.worker();
            killed(job, workspace, cluster, first, "table=", "aggregate", "events");
            assertThat(tables(workspace)).hasSizeGreaterThan(5).isEqualTo(alone);

            cluster.worker();
            killed(job, workspace, cluster, second, "step=replace state=started", "lake", "put", "events");
        }

        LakeRun lake = new LakeRun(database, workspace);
        assertThat(lake.rows("SELECT count(*), count(DISTINCT event_id) FROM lake.events"))
                .containsExactly(FILES * EVENTS_EACH + "|" + FILES * EVENTS_EACH);
        assertThat(lake.rows("SELECT platform, count(DISTINCT user_id) FROM lake.events GROUP BY 1"))
                .containsExactly("web|500");
        assertThat(lake.told()).containsExactly("put 2026-01-15 " + FILES * EVENTS_EACH + " CURRENT");
    }

    private static void killed(
            JobJar job, Path workspace, SparkCluster cluster, Process worker, String when, String... command)
            throws InterruptedException {
        JobJar.Running running = job.start(arguments(workspace, cluster.options(), command));
        while (running.process().isAlive()
                && !(running.soFar().contains(when)
                        && worker.descendants().findAny().isPresent())) {
            running.process().waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(running.process().isAlive()).as(running.soFar()).isTrue();
        worker.destroyForcibly().waitFor();
        JobJar.Ended ended = running.await();
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
    }

    private static void run(JobJar job, Path workspace, List<String> options, String... command) {
        JobJar.Ended ended = job.run(arguments(workspace, options, command));
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
    }

    private static String[] arguments(Path workspace, List<String> options, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--ds", DAY.toString(), "--workspace", workspace.toString()));
        all.addAll(options);
        return all.toArray(String[]::new);
    }

    /** Every line of every table, in an order of its own: the parts of a long table come as they come. */
    private static List<String> tables(Path workspace) {
        DayFolder aggregates = new Workspace(workspace).aggregates("events", "aggregate", DAY);
        return aggregates.manifest().orElseThrow().files().stream()
                .filter(entry -> entry.path().endsWith(".csv"))
                .flatMap(entry -> lines(aggregates, entry))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> lines(DayFolder folder, Manifest.Entry entry) {
        try {
            String table = entry.path().replaceAll(".*/(.+)/.*", "$1");
            return Files.readAllLines(folder.resolve(entry)).stream().map(line -> table + ": " + line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
