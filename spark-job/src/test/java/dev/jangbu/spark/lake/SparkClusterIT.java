package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.PackagedJob;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged job on a cluster of two workers, one of which is killed with its executor in the midst of a task: it is
 * frozen, seen to have a task begun and not ended, and never let go on, so that only its loss can tell the job.
 */
@ExtendWith(PostgresExtension.class)
class SparkClusterIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final int FILES = 12;
    private static final int EVENTS_EACH = 1_500;
    private static final int EVENTS = FILES * EVENTS_EACH;
    private static final byte[] PARQUET_END = "PAR1".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void aDay() {
        workspace = folder.resolve("data");
        LakeDays.publish(workspace, DAY, FILES, EVENTS_EACH);
    }

    @Test
    void aWorkerKilledWhileTablesAreComputedLosesNothing(TestDatabase database) throws Exception {
        run(job(database), workspace, List.of("--master", "local[2]"), "aggregate", "events");
        List<String> alone = tables(workspace);

        try (SparkCluster cluster = new SparkCluster(folder)) {
            SparkWorker first = cluster.worker();
            cluster.worker();
            JobJar.Running job = start(job(database), cluster, "aggregate", "events");
            killInTheMiddle(job, first, "step=aggregate state=started", task -> true);
            assertLost(job.await());
        }

        assertThat(tables(workspace)).hasSizeGreaterThan(900).isEqualTo(alone);
    }

    @Test
    void aWorkerKilledWhileItWritesIntoTheLakeLosesNothing(TestDatabase database) throws Exception {
        LakeRun lake = new LakeRun(database, workspace);
        List<Path> torn;
        try (SparkCluster cluster = new SparkCluster(folder)) {
            SparkWorker first = cluster.worker();
            cluster.worker();
            JobJar.Running job = start(job(database), cluster, "lake", "put", "events");
            killInTheMiddle(job, first, "step=replace state=started", task -> !torn(lake, task)
                    .isEmpty());
            torn = lake.files(DAY).stream().filter(SparkClusterIT::isTorn).toList();
            assertLost(job.await());
        }

        // What the killed one had half written is there still, and is no part of the day.
        assertThat(torn).isNotEmpty();
        assertThat(lake.files(DAY))
                .filteredOn(SparkClusterIT::isTorn)
                .hasSize(1)
                .isSubsetOf(torn);
        assertThat(lake.rows("SELECT count(*), count(DISTINCT event_id) FROM lake.events"))
                .containsExactly(EVENTS + "|" + EVENTS);
        assertThat(lake.rows("SELECT platform, count(DISTINCT user_id) FROM lake.events GROUP BY 1"))
                .containsExactly("web|500");
        assertThat(lake.told()).containsExactly("put 2026-01-15 " + EVENTS + " CURRENT");

        LakeDays.publish(workspace, DAY, 1, 3);
        assertThat(lake.put(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(lake.fact("orphans_removed")).isEqualTo("1");
        assertThat(lake.rows("SELECT count(*) FROM lake.events")).containsExactly("3");
    }

    private static JobJar job(TestDatabase database) {
        return PackagedJob.with(database.environment());
    }

    private JobJar.Running start(JobJar job, SparkCluster cluster, String... command) {
        return job.start(arguments(workspace, cluster.options(), command));
    }

    /** Whether a task is where it is to be killed. */
    private interface Moment {
        boolean isNow(long task) throws IOException;
    }

    /** Lets the executor run in steps of some milliseconds, looks at it after each, and kills it when it is at that point. */
    private static void killInTheMiddle(JobJar.Running job, SparkWorker worker, String after, Moment moment)
            throws IOException, InterruptedException {
        while (job.process().isAlive()) {
            if (job.soFar().contains(after) && worker.hasFinishedATask() && worker.freeze()) {
                for (long task : worker.tasks()) {
                    if (moment.isNow(task)) {
                        worker.kill();
                        return;
                    }
                }
                worker.letGoOn();
            }
            job.process().waitFor(10, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("ended before a task could be killed: " + job.soFar());
    }

    private static void assertLost(JobJar.Ended ended) {
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        assertThat(ended.output()).contains("ERROR Lost executor ");
    }

    /** Files of the day that a task has begun and not ended: they have their task's number in their names. */
    private static List<Path> torn(LakeRun lake, long task) {
        return lake.files(DAY).stream()
                .filter(file -> file.getFileName().toString().matches("\\d{5}-" + task + "-.*"))
                .filter(SparkClusterIT::isTorn)
                .toList();
    }

    private static boolean isTorn(Path parquet) {
        try {
            byte[] bytes = Files.readAllBytes(parquet);
            int end = Math.max(0, bytes.length - PARQUET_END.length);
            return bytes.length <= PARQUET_END.length
                    || !Arrays.equals(Arrays.copyOfRange(bytes, end, bytes.length), PARQUET_END);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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

    /** Every row of every table, in an order of its own: the parts of a long table come as they come. */
    static List<String> tables(Path workspace) {
        DayFolder aggregates = new Workspace(workspace).aggregates("events", "aggregate", DAY);
        return aggregates.manifest().orElseThrow().files().stream()
                .filter(entry -> entry.path().endsWith(".csv"))
                .flatMap(entry -> lines(aggregates, entry))
                .sorted()
                .toList();
    }

    private static Stream<String> lines(DayFolder folder, Manifest.Entry entry) {
        try {
            String table = entry.path().replaceAll(".*/(.+)/.*", "$1");
            return Files.readAllLines(folder.resolve(entry)).stream().skip(1).map(line -> table + ": " + line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
