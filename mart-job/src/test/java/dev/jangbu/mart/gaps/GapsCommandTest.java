package dev.jangbu.mart.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.mart.report.LoggedDay;
import dev.jangbu.mart.report.PlainText;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class GapsCommandTest {
    /** 2026-01-25 02:10 in Seoul: the 24th is over. */
    private static final Clock NIGHT = Clock.fixed(Instant.parse("2026-01-24T17:10:00Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void daysThatBalanceAreNoGaps(TestDatabase database) {
        day(database, "2026-01-10").passed();
        day(database, "2026-01-11").passed();

        assertThat(run(database, "--from", "2026-01-10", "--to", "2026-01-11", "--fail-on-gaps"))
                .isEqualTo(ExitCode.DONE);

        assertThat(screen())
                .containsExactly(
                        "Jangbu · gaps · events 2026-01-10 – 2026-01-11                                     no gaps in 2 days",
                        "─".repeat(100));
        assertThat(summary().get("gaps").intValue()).isZero();
    }

    @Test
    void everyKindOfGapIsNamedWithTheCommandThatMendsIt(TestDatabase database) {
        day(database, "2026-01-10").passed();
        day(database, "2026-01-13").extracted();
        day(database, "2026-01-14").extracted().checked();
        day(database, "2026-01-15").refused();
        day(database, "2026-01-16").passed().run("extract-job", "all", "failed", "1", "the source is away", "{}");
        day(database, "2026-01-17").passed().loaded();
        day(database, "2026-01-18").passed().loaded();
        day(database, "2026-01-19").passed().extracted();
        day(database, "2026-01-20").passed().extracted().checked();
        day(database, "2026-01-21").passed().run("mart-job", "mart_orders", "killed", "NULL", "", "{}");
        day(database, "2026-01-22").passed();

        assertThat(run(database, "--from", "2026-01-10", "--to", "2026-01-26")).isEqualTo(ExitCode.DONE);

        assertThat(screen())
                .containsExactly(
                        "Jangbu · gaps · events 2026-01-10 – 2026-01-26                                    13 gaps in 17 days",
                        "─".repeat(100),
                        "missing   2026-01-11 – 2026-01-12  2 days    no job has run",
                        "          make backfill FROM=2026-01-11 TO=2026-01-12",
                        "          without Airflow: make run, with the same FROM and TO, and the source",
                        "missing   2026-01-13               1 day     not loaded",
                        "          extracted on 2026-01-14 09:11 and not checked since",
                        "          bin/run-day validate load marts report --ds 2026-01-13",
                        "missing   2026-01-14               1 day     not loaded",
                        "          passed its checks on 2026-01-15 09:12 and was not loaded since",
                        "          bin/run-day load marts report --ds 2026-01-14",
                        "failed    2026-01-15               1 day     quality failed",
                        "          refused by its checks on 2026-01-16 09:12 (required_fields, value_range), nothing is",
                        "          loaded",
                        "          make report DS=2026-01-15",
                        "          then have the source or the contract mended, and make run",
                        "failed    2026-01-16               1 day     extract-job failed",
                        "          the source is away",
                        "          make backfill FROM=2026-01-16 TO=2026-01-16",
                        "          without Airflow: make run, with the same FROM and TO, and the source",
                        "stale     2026-01-17 – 2026-01-18  2 days    marts are older than the load",
                        "          bin/run-day marts report --from 2026-01-17 --to 2026-01-18",
                        "stale     2026-01-19               1 day     check is older than the landing",
                        "          extracted on 2026-01-20 09:18 and not checked since",
                        "          bin/run-day validate load marts report --ds 2026-01-19",
                        "stale     2026-01-20               1 day     load is older than the check",
                        "          checked again on 2026-01-21 09:19, the tables hold the load of 2026-01-21 09:13",
                        "          bin/run-day load marts report --ds 2026-01-20",
                        "failed    2026-01-21               1 day     mart-job mart_orders lost",
                        "          bin/run-day marts report --ds 2026-01-21",
                        "missing   2026-01-23 – 2026-01-24  2 days    no job has run",
                        "          make backfill FROM=2026-01-23 TO=2026-01-24",
                        "          without Airflow: make run, with the same FROM and TO, and the source",
                        "not due   2026-01-25 – 2026-01-26  2 days    the day is not over");
        assertThat(screen())
                .allSatisfy(line -> assertThat(PlainText.width(line)).isLessThanOrEqualTo(100));
    }

    @Test
    void theLastLineIsForPrograms(TestDatabase database) {
        day(database, "2026-01-10").passed().loaded();

        run(database, "events", "--from", "2026-01-09", "--to", "2026-01-10");

        JsonNode summary = summary();
        assertThat(summary.get("status").asString()).isEqualTo("done");
        assertThat(summary.get("gaps").intValue()).isEqualTo(2);
        assertThat(summary.get("missing").toString()).contains("\"ds\":\"2026-01-09\"");
        assertThat(summary.get("stale").get(0).get("what").asString()).isEqualTo("marts are older than the load");
        assertThat(summary.get("failed")).isEmpty();
        assertThat(summary.get("repairs").get(1).toString())
                .isEqualTo("{\"from\":\"2026-01-10\",\"to\":\"2026-01-10\",\"kind\":\"stale\","
                        + "\"what\":\"marts are older than the load\","
                        + "\"command\":\"bin/run-day marts report --ds 2026-01-10\"}");
    }

    @Test
    void anOrchestratorMayAskForAFailure(TestDatabase database) {
        assertThat(run(database, "--ds", "2026-01-10", "--fail-on-gaps")).isEqualTo(ExitCode.FAILED);

        assertThat(summary().get("status").asString()).isEqualTo("failed");
        assertThat(summary().get("exit_code").intValue()).isEqualTo(1);
        assertThat(summary().get("message").asString()).isEqualTo("1 gap in 1 day");
    }

    @Test
    void aDayThatIsWorkedOnIsNoGap(TestDatabase database) {
        day(database, "2026-01-10").extracted();
        database.execute("""
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, version, started_at)
                VALUES ('now', 'transform-job', 'events', 'all', '2026-01-10', '1', 5, 'running', '1', NOW());
                INSERT INTO ops.run_heartbeat (job, dataset, slice, business_date, token, heartbeat_at)
                VALUES ('transform-job', 'events', 'all', '2026-01-10', 5, NOW() + INTERVAL '1 hour')""");

        assertThat(run(database, "--ds", "2026-01-10", "--fail-on-gaps")).isEqualTo(ExitCode.DONE);

        assertThat(screen()).contains("running   2026-01-10               1 day     a job works on it");
        assertThat(summary().get("running").toString()).isEqualTo("[\"2026-01-10\"]");
    }

    @Test
    void wrongArgumentsAndDatabasesAreToldInOneLine(TestDatabase database, @Unmigrated TestDatabase empty) {
        assertThatThrownBy(() -> run(database, "orders", "--ds", "2026-01-10"))
                .hasMessage("dataset: orders (expected: events)");
        assertThatThrownBy(() -> run(database, "--from", "2026-01-10"))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE));
        assertThatThrownBy(() -> run(empty, "--ds", "2026-01-10"))
                .hasMessageStartingWith("the database was never migrated");
    }

    private static LoggedDay day(TestDatabase database, String day) {
        return new LoggedDay(database, LocalDate.parse(day));
    }

    private ExitCode run(TestDatabase database, String... arguments) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        GapsCommand command = new GapsCommand(Map.copyOf(database.environment()), NIGHT, new Terminal(out, false));
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private List<String> screen() {
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    private JsonNode summary() {
        return Json.mapper()
                .readTree(bytes.toString(StandardCharsets.UTF_8).lines().reduce("", (earlier, later) -> later));
    }
}
