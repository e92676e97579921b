package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.spark.PackagedJob;
import dev.jangbu.spark.mart.JobDays;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job on YARN, by {@code spark-submit}: the driver here, and on the cluster. */
@ExtendWith(PostgresExtension.class)
class YarnClusterIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final LocalDate UNCHECKED = DAY.plusDays(1);

    @TempDir
    static Path folder;

    private static YarnCluster yarn;

    private final Path workspace = folder.resolve("data");

    @BeforeAll
    static void aClusterAndADay() throws IOException {
        LakeDays.publish(folder.resolve("data"), DAY, 6, 500);
        yarn = new YarnCluster(folder);
    }

    @AfterAll
    static void end() {
        yarn.close();
    }

    @Test
    void theDriverMayBeHereOrOnTheClusterAndIsDoneOnce(TestDatabase database) throws IOException {
        List<String> local = new ArrayList<>(aggregate(DAY));
        local.addAll(List.of("--master", "local[2]"));
        JobJar.Ended alone = PackagedJob.with(database.environment()).run(local.toArray(String[]::new));
        assertThat(alone.exitCode()).as(alone.output() + alone.error()).isZero();
        List<String> tables = SparkClusterIT.tables(workspace);
        assertThat(tables).hasSizeGreaterThan(900);

        JobJar.Ended here = yarn.submit(yarn.conf(), database.environment(), List.of(), aggregate(DAY));
        assertThat(here.exitCode()).as(here.output() + here.error()).isZero();
        assertThat(here.error()).contains("Registered executor ");
        assertThat(SparkClusterIT.tables(workspace)).isEqualTo(tables);

        JobJar.Ended there = yarn.submit(yarn.conf(), Map.of(), onTheCluster(database), aggregate(DAY));
        assertThat(there.exitCode()).as(there.error()).isZero();
        assertThat(there.error()).contains("final status: SUCCEEDED");
        assertThat(SparkClusterIT.tables(workspace)).isEqualTo(tables);
        assertThat(drivers(DAY)).singleElement(InstanceOfAssertFactories.STRING).contains("\"status\":\"done\"");
        assertThat(database.rows("SELECT status, count(*) FROM ops.pipeline_run_log GROUP BY 1"))
                .containsExactly("done|3");
    }

    @Test
    void checksMartsAndTheLakeAreThoseOfOneProcess(TestDatabase database) throws IOException {
        Path own = folder.resolve("books");
        JobDays days = new JobDays(database, own);
        days.land(DAY, 60, 0, List.of());
        done(onYarn(database, own, "validate", "events"));
        assertThat(days.load(DAY).code()).isEqualTo(ExitCode.DONE);
        done(onYarn(database, own, "mart", "events", "--mart", "all"));
        List<List<String>> there = JobDays.MARTS.stream().map(days::rows).toList();
        assertThat(there).noneMatch(List::isEmpty);
        JobDays.MARTS.forEach(
                mart -> assertThat(days.buildInPostgresql(mart, DAY).code()).isEqualTo(ExitCode.DONE));
        assertThat(JobDays.MARTS.stream().map(days::rows).toList()).isEqualTo(there);

        done(onYarn(database, own, "lake", "put", "events"));
        assertThat(database.rows("SELECT count(*) FROM raw.raw_events"))
                .containsExactly(
                        String.valueOf(new LakeRun(database, own).day(DAY).size()));
    }

    @Test
    void aDriverOnTheClusterThatFailsIsAFailedApplication(TestDatabase database) throws IOException {
        List<String> options = new ArrayList<>(onTheCluster(database));
        options.addAll(List.of("--conf", "spark.yarn.maxAppAttempts=1"));
        JobJar.Ended there = yarn.submit(yarn.conf(), Map.of(), options, aggregate(UNCHECKED));
        assertThat(there.exitCode())
                .as("spark-submit's, whatever the job's was")
                .isEqualTo(1);
        assertThat(there.error()).contains("final status: FAILED");
        assertThat(drivers(UNCHECKED))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("\"exit_code\":1,\"message\":\"no clean for events 2026-01-16 ");
    }

    @Test
    void aClusterThatNothingNamesIsAWrongSettingAndOneThatIsAwayIsUnavailable(TestDatabase database)
            throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        JobJar.Ended unnamed = yarn.submit(empty, database.environment(), List.of(), aggregate(DAY));
        assertThat(unnamed.exitCode()).as(unnamed.error()).isEqualTo(2);
        assertThat(unnamed.lastLine()).contains("HADOOP_CONF_DIR: no yarn-site.xml in it (expected: ");

        List<String> away = List.of(
                "--conf", "spark.hadoop.yarn.resourcemanager.address=127.0.0.1:1",
                "--conf", "spark.hadoop.yarn.resourcemanager.connect.max-wait.ms=1000",
                "--conf", "spark.hadoop.yarn.resourcemanager.connect.retry-interval.ms=1000",
                "--conf", "spark.hadoop.ipc.client.connect.max.retries=1");
        JobJar.Ended unreachable = yarn.submit(empty, database.environment(), away, aggregate(DAY));
        assertThat(unreachable.exitCode()).as(unreachable.error()).isEqualTo(11);
        assertThat(unreachable.lastLine())
                .contains(
                        "java.net.ConnectException: Connection refused", "; see that the cluster runs, and run again");
    }

    private static JobJar.Ended onYarn(TestDatabase database, Path workspace, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--ds", DAY.toString(), "--workspace", workspace.toString()));
        return yarn.submit(yarn.conf(), database.environment(), List.of(), all);
    }

    private static void done(JobJar.Ended ended) {
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        assertThat(ended.error()).contains("Registered executor ");
    }

    /** What drivers on the cluster printed that did this day. */
    private static List<String> drivers(LocalDate day) throws IOException {
        return yarn.printedByDrivers().stream()
                .filter(printed -> printed.contains("\"ds\":\"" + day + "\""))
                .toList();
    }

    private static List<String> onTheCluster(TestDatabase database) {
        List<String> options = new ArrayList<>(List.of("--deploy-mode", "cluster", "--num-executors", "1"));
        database.environment()
                .forEach((name, value) ->
                        options.addAll(List.of("--conf", "spark.yarn.appMasterEnv." + name + "=" + value)));
        return options;
    }

    private List<String> aggregate(LocalDate day) {
        return List.of("aggregate", "events", "--ds", day.toString(), "--workspace", workspace.toString());
    }
}
