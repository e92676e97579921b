package dev.jangbu.mart.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.report.ReportRuns;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class JobsCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void theListHasALineForEachDateAndJob(TestDatabase database) {
        threeDays(database);

        assertThat(list(database))
                .containsExactly(
                        "Jangbu · the last runs of the jobs                                                        Asia/Seoul",
                        "─".repeat(100),
                        "date        job                         state                              rows seconds      started",
                        "2026-01-15  events extract-job          done                                 10     1.3  01-16 00:12",
                        "            events transform-job        quality_failed                        6     1.3  01-16 00:13",
                        "2026-01-14  events load-job             done                                  8     1.3  01-16 00:11",
                        "            events mart-job             2/4 done, 1 failed                    5     3.8  01-16 00:14",
                        "            events mart-job report      done                                  –     1.3  01-16 00:17",
                        "why: bin/jangbu jobs show --ds 2026-01-15");
    }

    @Test
    void theListIsNarrowedToDatesAJobAndAState(TestDatabase database) {
        threeDays(database);
        new LoggedRuns(database, 20).done("2025-12-01", "load-job", "all", 7);

        assertThat(dates(list(database, "--days", "1"))).containsExactly("2025-12-01");
        assertThat(list(database, "--job", "load-job").subList(3, 5))
                .containsExactly(
                        "2026-01-14  events load-job             done                                  8     1.3  01-16 00:11",
                        "2025-12-01  events load-job             done                                  7     1.3  01-16 00:30");
        assertThat(dates(list(database, "--state", "failed"))).containsExactly("2026-01-14");
        assertThat(list(database, "--state", "lost")).containsExactly("no runs");
    }

    @Test
    void theListForProgramsIsOneLineOfJson(TestDatabase database) {
        threeDays(database);

        List<String> lines = list(database, "--json");

        assertThat(lines).hasSize(1);
        JsonNode marts = Json.mapper().readTree(lines.get(0)).get(3);
        assertThat(marts.toString())
                .isEqualTo("{\"ds\":\"2026-01-14\",\"dataset\":\"events\",\"job\":\"mart-job\",\"state\":\"failed\","
                        + "\"expected\":4,\"slices\":{\"failed\":1,\"done\":2},\"rows\":5,\"seconds\":3.750,"
                        + "\"started_at\":\"2026-01-16T00:14:00+09:00\"}");
    }

    @Test
    void aDateIsShownRunByRun(TestDatabase database) {
        new LoggedRuns(database)
                .ended("2026-01-15", "load-job", "all", "unavailable", 11, "", "the database went away, run again")
                .killed("2026-01-15", "load-job", "all")
                .done("2026-01-15", "mart-job", "mart_product_daily", 21);

        assertThat(show(database, "2026-01-15"))
                .containsExactly(
                        "Jangbu · every run of 2026-01-15                                                          Asia/Seoul",
                        "─".repeat(100),
                        "started         run                                   attempt   state                  rows  seconds",
                        "01-16 00:10:00  load-job events                       1         failed                    –      1.3",
                        "                exit 11: the database or a source stayed away",
                        "                the database went away, run again",
                        "01-16 00:11:00  load-job events                       1         lost                      –        –",
                        "                no exit code",
                        "                ended without a word; found by the next run",
                        "01-16 00:12:00  mart-job events mart_product_daily    1         done                     21      1.3",
                        "                exit 0: done");
    }

    @Test
    void theSummaryOfTheLastRunOfAnAttemptIsNamed(TestDatabase database) {
        Workspace workspace = new Workspace(folder);
        LocalDate day = LocalDate.parse("2026-01-15");
        new LoggedRuns(database).done("2026-01-15", "extract-job", "all", 10);
        assertThat(ReportRuns.run(database, workspace, day)).isEqualTo(ExitCode.DONE);
        assertThat(ReportRuns.run(database, workspace, day)).isEqualTo(ExitCode.DONE);

        JsonNode runs =
                Json.mapper().readTree(show(database, "2026-01-15", "--json").get(0));

        assertThat(runs.get(0).has("summary_file")).as("never written here").isFalse();
        assertThat(runs.get(1).has("summary_file"))
                .as("replaced by the next run")
                .isFalse();
        assertThat(runs.get(2).get("summary_file").asString())
                .isEqualTo(folder + "/runs/mart-job/events/report/2026-01-15/1.json");
        assertThat(runs.get(2).get("meaning").asString()).isEqualTo("exit 0: done");
        assertThat(runs.get(2).get("started_at").asString()).endsWith("+09:00");
        assertThat(show(database, "2026-01-15"))
                .last()
                .isEqualTo("                " + folder + "/runs/mart-job/events/report/2026-01-15/1.json");
    }

    @Test
    void aDryRunAsksNoDatabase() {
        Map<String, String> nowhere = Map.of();

        assertThat(run(new JobsListCommand(nowhere, terminal()), "--dry-run"))
                .containsExactly("would list the runs of the last 7 business dates");
        assertThat(run(new JobsShowCommand(nowhere, terminal()), "--dry-run", "--ds", "2026-01-15"))
                .containsExactly("would show the runs of 2026-01-15");
    }

    @Test
    void whatIsNotThereIsRefused(@Unmigrated TestDatabase unmigrated) {
        assertThatThrownBy(() -> list(unmigrated))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("the database was never migrated");
        assertThatThrownBy(() -> list(unmigrated, "--state", "fine"))
                .hasMessage("--state: fine (expected: lost, failed, quality_failed, stopped, running, done)");
        assertThatThrownBy(() -> list(unmigrated, "--days", "0")).hasMessage("--days: 0 (expected: 1..3660)");
        assertThatThrownBy(() -> new JobsCommand().call())
                .hasMessage("command: none (expected: jobs list, or jobs show --ds 2026-01-15)");
    }

    /** Not in the order of their dates: the 14th was loaded, then the 15th refused, then the marts of the 14th built. */
    private static void threeDays(TestDatabase database) {
        new LoggedRuns(database)
                .ended("2026-01-14", "load-job", "all", "failed", 1, "", "disk full")
                .done("2026-01-14", "load-job", "all", 8)
                .done("2026-01-15", "extract-job", "all", 10)
                .ended("2026-01-15", "transform-job", "all", "quality_failed", 10, "6", "1 of 7 checks failed")
                .done("2026-01-14", "mart-job", "mart_funnel_daily", 3)
                .done("2026-01-14", "mart-job", "mart_orders", 2)
                .ended("2026-01-14", "mart-job", "mart_user_daily", "failed", 1, "", "does not reconcile")
                .ended("2026-01-14", "mart-job", "report", "done", 0, "", "");
    }

    private static List<String> dates(List<String> lines) {
        return lines.subList(3, lines.size()).stream()
                .map(line -> line.substring(0, 10))
                .filter(date -> date.startsWith("20"))
                .toList();
    }

    private List<String> list(TestDatabase database, String... arguments) {
        return run(new JobsListCommand(database.environment(), terminal()), arguments);
    }

    private List<String> show(TestDatabase database, String day, String... more) {
        String[] arguments = Stream.concat(Stream.of("--workspace", folder.toString(), "--ds", day), Stream.of(more))
                .toArray(String[]::new);
        return run(new JobsShowCommand(database.environment(), terminal()), arguments);
    }

    private Terminal terminal() {
        bytes.reset();
        return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    }

    private List<String> run(Callable<ExitCode> command, String... arguments) {
        new CommandLine(command).parseArgs(arguments);
        try {
            assertThat(command.call()).isEqualTo(ExitCode.DONE);
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
