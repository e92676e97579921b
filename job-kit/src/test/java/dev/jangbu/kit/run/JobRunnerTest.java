package dev.jangbu.kit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(PostgresExtension.class)
class JobRunnerTest {
    @TempDir
    private Path workspace;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    /** What the one step of the job under test does. */
    record Work(StepWorkOn step) {
        interface StepWorkOn {
            void run(RunContext context) throws Exception;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneStep {
        @Bean
        Job job(Steps steps, RunContext context, Work work) {
            return steps.job(steps.step("work", () -> work.step().run(context)));
        }
    }

    @Test
    void aRunEndsWithItsSummaryOnTheLastLineInAFileAndInARow(TestDatabase database) throws IOException {
        ExitCode code = run(database, new Work(context -> context.summary().fact("rows", 42)));

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(lastLine())
                .startsWith("{\"job\":\"test-job\",\"dataset\":\"events\",\"slice\":\"all\",\"ds\":\"2026-01-15\","
                        + "\"status\":\"done\",\"exit_code\":0,\"message\":\"\",\"rows\":42,\"seconds\":");
        assertThat(Files.readString(workspace.resolve("runs/test-job/events/all/2026-01-15/7.json")))
                .contains("\"rows\" : 42");
        assertThat(database.rows("SELECT job, status, exit_code, attempt, facts FROM ops.pipeline_run_log"))
                .containsExactly("test-job|done|0|7|{\"rows\": 42}");
    }

    @Test
    void aFailureIsOneLineAndItsExitCode(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            throw new JobFailure(ExitCode.QUALITY_FAILED, "value_range: 90.0 % (expected: 99 %)");
        }));

        assertThat(code).isEqualTo(ExitCode.QUALITY_FAILED);
        assertThat(lastLine())
                .contains(
                        "\"status\":\"quality_failed\",\"exit_code\":10,\"message\":\"value_range: 90.0 % (expected: 99 %)\"");
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
        assertThat(database.rows("SELECT status, exit_code, message FROM ops.pipeline_run_log"))
                .containsExactly("quality_failed|10|value_range: 90.0 % (expected: 99 %)");
    }

    /** Who collects a container's output keeps whole lines in memory, or cuts them where it likes. */
    @Test
    void noLineIsLongerThan16KilobytesWhateverAJobHasToSay(TestDatabase database) {
        String flood = "가😀".repeat(3_000_000);
        PrintStream before = System.out;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        ExitCode code;
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            code = run(database, new Work(context -> {
                LoggerFactory.getLogger("dev.jangbu.flood").info("said={}", flood);
                throw new JobFailure(ExitCode.FAILED, flood);
            }));
        } finally {
            System.setOut(before);
        }

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains("said=");
        assertThat((logged.toString(StandardCharsets.UTF_8) + output.toString(StandardCharsets.UTF_8)).lines())
                .extracting(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(16 * 1024));
        assertThat(lastLine()).contains("\"status\":\"failed\"").contains(" characters more)\"");
        assertThat(database.value("SELECT message FROM ops.pipeline_run_log"))
                .startsWith("가😀가😀")
                .endsWith(" … (8996000 characters more)");
    }

    @Test
    void anUnexpectedFailureIsFailedNotAVerdict(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            throw new IOException("boom");
        }));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(lastLine()).contains("boom").contains("--verbose");
    }

    @Test
    void aDayTooLargeForTheHeapSaysWhatToDo(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
        }));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(lastLine())
                .contains("out of memory: Java heap space of ")
                .contains(" MB was not enough for this day; give more, such as JANGBU_JAVA_OPTIONS=-Xmx2g");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "FAILED"})
    void aRunThatFailsAfterItWasTakenOverSaysSo(ExitCode seeming, TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            database.execute("UPDATE ops.run_lock SET token = token + 1");
            throw new JobFailure(seeming, "terminating connection due to administrator command");
        }));

        assertThat(code).isEqualTo(ExitCode.HELD);
        assertThat(lastLine())
                .contains("\"message\":\"test-job/events/all/2026-01-15: another run took over; this one (token 1)"
                        + " writes nothing\"");
    }

    @Test
    void aRunThatStillHoldsItsSliceSaysThatTheDatabaseWentAway(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            throw new JobFailure(ExitCode.UNAVAILABLE, "gone");
        }));

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void aFinishedDayMayRunAgainAndAFailedOneResumes(TestDatabase database) {
        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);
        assertThat(run(database, new Work(context -> {
                    throw new JobFailure(ExitCode.FAILED, "no");
                })))
                .isEqualTo(ExitCode.FAILED);
        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("""
                        SELECT p.parameter_value, e.status FROM batch.batch_job_execution AS e
                        INNER JOIN batch.batch_job_execution_params AS p USING (job_execution_id)
                        WHERE p.parameter_name = 'generation' ORDER BY job_execution_id""")).containsExactly("1|COMPLETED", "2|FAILED", "2|COMPLETED");
        assertThat(database.rows("SELECT token FROM ops.run_lock")).containsExactly("3");
    }

    @Test
    void whatAKilledRunLeftRunningIsRecovered(TestDatabase database) {
        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);
        database.execute(
                "UPDATE batch.batch_job_execution SET status = 'STARTED', exit_code = 'UNKNOWN', end_time = NULL");
        database.execute(
                "UPDATE batch.batch_step_execution SET status = 'STARTED', exit_code = 'EXECUTING', end_time = NULL");
        database.execute("UPDATE ops.pipeline_run_log SET status = 'running', finished_at = NULL");
        database.execute("UPDATE ops.run_lock SET released_at = NULL");

        assertThat(run(database, new Work(context -> context.summary().fact("rows", 1))))
                .isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT status FROM batch.batch_job_execution ORDER BY job_execution_id"))
                .containsExactly("FAILED", "COMPLETED");
        assertThat(database.rows("SELECT status FROM ops.pipeline_run_log ORDER BY started_at"))
                .containsExactly("killed", "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTED", "UNKNOWN"})
    void aStepWhoseEndWasNotWrittenDoesNotStopTheNextRun(String status, TestDatabase database) {
        assertThat(run(database, new Work(context -> {
                    throw new JobFailure(ExitCode.FAILED, "no");
                })))
                .isEqualTo(ExitCode.FAILED);
        database.execute("UPDATE batch.batch_step_execution SET status = '" + status + "', end_time = NULL");

        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows(
                        "SELECT status, end_time IS NULL FROM batch.batch_step_execution ORDER BY step_execution_id"))
                .containsExactly("FAILED|f", "COMPLETED|f");
    }

    /** As when the reply to a commit is lost, and the row is newer than the run knows. */
    @Test
    void aRunWhoseOwnCommitWasNotAnsweredSaysThatTheDatabaseWentAway(TestDatabase database) {
        ExitCode code = run(
                database,
                new Work(context -> database.execute("UPDATE batch.batch_step_execution SET version = version + 1")));

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(lastLine())
                .contains("\"message\":\"the connection to the database broke while a commit was under way");
        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aRunKilledBeforeSpringBatchWroteItsExecutionDoesNotStopTheNext(TestDatabase database) {
        assertThat(run(database, new Work(context -> {
                    throw new JobFailure(ExitCode.FAILED, "no");
                })))
                .isEqualTo(ExitCode.FAILED);
        database.execute("TRUNCATE batch.batch_job_execution CASCADE");
        assertThat(database.value("SELECT COUNT(*) FROM batch.batch_job_instance"))
                .isEqualTo("1");

        assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);

        assertThat(database.rows("SELECT status FROM batch.batch_job_execution"))
                .containsExactly("COMPLETED");
        assertThat(database.value("SELECT COUNT(*) FROM batch.batch_job_instance"))
                .isEqualTo("1");
    }

    @Test
    void ofManyStartsAtOnceOneWorksAndTheOthersLeaveWithinTwoSeconds(TestDatabase database) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<ExitCode> winner = CompletableFuture.supplyAsync(() -> run(database, new Work(context -> {
            working.countDown();
            end.await(30, TimeUnit.SECONDS);
        })));
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();

        List<CompletableFuture<Long>> losers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            losers.add(CompletableFuture.supplyAsync(() -> {
                long start = System.nanoTime();
                assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.HELD);
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            }));
        }
        for (CompletableFuture<Long> loser : losers) {
            assertThat(loser.get()).isLessThan(2_000);
        }
        end.countDown();

        assertThat(winner.get()).isEqualTo(ExitCode.DONE);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("test-job/events/all/2026-01-15: held by run ");
        assertThat(database.rows("SELECT token FROM ops.run_lock")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE", "QUALITY_FAILED"})
    void whoAsksForARunThatIsOnItsWaySeesHowItEnds(ExitCode ending, TestDatabase database) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<ExitCode> winner = CompletableFuture.supplyAsync(() -> run(database, new Work(context -> {
            working.countDown();
            end.await(30, TimeUnit.SECONDS);
            context.summary().fact("rows", 42);
            if (ending != ExitCode.DONE) {
                throw new JobFailure(ending, "90.0 % (expected: 99 %)");
            }
        })));
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();

        List<CompletableFuture<ExitCode>> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(CompletableFuture.supplyAsync(() -> join(database, Duration.ofMinutes(1))));
        }
        end.countDown();

        assertThat(winner.get()).isEqualTo(ending);
        for (CompletableFuture<ExitCode> other : others) {
            assertThat(other.get()).isEqualTo(ending);
        }
        assertThat(output.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("\"joined\":true")))
                .hasSize(3)
                .allMatch(line -> line.contains("\"rows\":42"));
        assertThat(database.value("SELECT COUNT(*) FROM ops.pipeline_run_log")).isEqualTo("1");
        assertThat(join(database, Duration.ZERO)).isEqualTo(ExitCode.FAILED);
    }

    /** Works with a failure, where no other run's end stands for its own. */
    private ExitCode join(TestDatabase database, Duration age) {
        return runner(database).join(request("all"), age, OneStep.class, new Work(context -> {
            throw new JobFailure(ExitCode.FAILED, "worked itself");
        }));
    }

    @Test
    void anotherSliceOfTheDayRunsBesideIt(TestDatabase database) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        JobRunner runner = new JobRunner(database.environment(), Clock.systemUTC(), out, false);

        ExitCode code = run(database, new Work(context -> {
            CompletableFuture<ExitCode> brother = CompletableFuture.supplyAsync(
                    () -> runner.run(request("mart_orders"), OneStep.class, new Work(other -> {})));
            assertThat(brother.get()).isEqualTo(ExitCode.DONE);
        }));

        assertThat(code).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFrozenRunIsTakenOverAndCannotWriteWhenItWakesUp(TestDatabase database) throws Exception {
        try (Connection frozenSession = database.connect();
                Connection frozenWriter = database.connect()) {
            frozenWriter.setClientInfo("ApplicationName", RunLock.applicationName("frozen"));
            frozenSession.setClientInfo("ApplicationName", RunLock.lockName("frozen"));
            RunLock frozen = RunLock.acquire(frozenSession, request("all"), "frozen");
            database.execute("UPDATE ops.run_heartbeat SET heartbeat_at = heartbeat_at - INTERVAL '31 seconds'");

            assertThat(run(database, new Work(context -> {}))).isEqualTo(ExitCode.DONE);

            assertThat(isUsable(frozenWriter)).isFalse();
            try (Connection woken = database.connect()) {
                woken.setAutoCommit(false);
                assertThat(refusal(frozen.fence(), woken))
                        .isEqualTo(
                                "test-job/events/all/2026-01-15: another run took over; this one (token 1) writes nothing");
            }
        }
    }

    @Test
    void aManifestOfARunThatWasTakenOverIsNotPublished(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            try (Connection connection = database.connect()) {
                database.execute("UPDATE ops.run_lock SET token = token + 1");
                context.publish(connection, context.landing(), ManifestFixture.of(context));
            }
        }));

        assertThat(code).isEqualTo(ExitCode.HELD);
        assertThat(workspace.resolve("landing/events/2026-01-15/manifest.json")).doesNotExist();
    }

    @Test
    void aStaleManifestIsRefused(TestDatabase database) {
        ExitCode code = run(database, new Work(context -> {
            try (Connection connection = database.connect()) {
                context.publish(connection, context.landing(), ManifestFixture.of(context));
                database.execute("UPDATE ops.run_lock SET published_token = 99");
                context.readPublished(connection, context.landing(), "run extract-job again");
            }
        }));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(lastLine()).contains("(token 1) after token 99 had taken over; run extract-job again");
    }

    @Test
    void secretsAreInNoOutput(TestDatabase database) {
        Map<String, String> environment = Map.of(
                "JANGBU_DB_URL",
                "jdbc:postgresql://127.0.0.1:1/x",
                "JANGBU_DB_USER",
                "u",
                "JANGBU_DB_PASSWORD",
                "s3cret-word",
                "JANGBU_DB_WAIT_SECONDS",
                "0");

        ExitCode code = new JobRunner(environment, Clock.systemUTC(), new PrintStream(output), true)
                .run(request("all"), OneStep.class, new Work(context -> {}));

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("s3cret-word");
    }

    private static boolean isUsable(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException ended) {
            return false;
        }
    }

    private static String refusal(Fence fence, Connection connection) throws SQLException {
        try {
            fence.check(connection);
            return "";
        } catch (JobFailure refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private RunRequest request(String slice) {
        return new RunRequest("test-job", "events", slice, LocalDate.of(2026, 1, 15), "7", new Workspace(workspace));
    }

    private ExitCode run(TestDatabase database, Work work) {
        return runner(database).run(request("all"), OneStep.class, work);
    }

    private JobRunner runner(TestDatabase database) {
        return new JobRunner(
                database.environment(),
                Clock.systemUTC(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                false);
    }

    private String lastLine() {
        List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }
}
