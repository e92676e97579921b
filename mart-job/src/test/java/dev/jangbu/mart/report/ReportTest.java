package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class ReportTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-16T01:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private TestDatabase database = new TestDatabase("", "");
    private Workspace workspace = new Workspace(Path.of(""));
    private LoggedDay day = new LoggedDay(database, DAY);

    @BeforeEach
    void setUp(TestDatabase fresh) {
        database = fresh;
        workspace = new Workspace(folder);
        day = new LoggedDay(fresh, DAY);
    }

    @Test
    void aPassedDayFitsOneScreen() {
        day.passed();

        Told told = report();

        assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(told.lines())
                .containsExactly(
                        "Jangbu · events 2026-01-15 · profile default                                                  PASSED",
                        "─".repeat(100),
                        "figures   events 8   users 3   sessions 4   purchases 2   revenue 30,500원",
                        "",
                        "checks                         counted      failed     pass rate     threshold  status",
                        "required_fields                     10           1      90.000 %          80 %  pass",
                        "unique_event_id                      9           0     100.000 %          80 %  pass",
                        "value_range                          9           1      88.888 %          80 %  pass",
                        "funnel_sequence                      4           0     100.000 %          80 %  pass",
                        "timestamp_valid                      9           0     100.000 %          80 %  pass",
                        "order_amount                         0           0     100.000 %          80 %  pass",
                        "platform_device                      9           1      88.888 %          99 %  warn",
                        "",
                        "ledger    10 lines = 8 clean + 2 rejected (required_fields 1, value_range 1)",
                        "          8 clean = 8 copied = 8 in the table",
                        "books     10 lines = 8 clean + 2 rejected = 8 loaded; 4 of 4 marts from this load; balances",
                        "",
                        "marts                             rows     seconds  status",
                        "mart_funnel_daily                    1       0.400  done",
                        "mart_orders                          2       0.400  done",
                        "mart_product_daily                   4       0.400  done",
                        "mart_user_daily                      3       0.400  done",
                        "",
                        "seconds   extract-job 0.900   transform-job 1.500   load-job 2.250   marts 1.600   all 6.250",
                        "report    " + folder + "/reports/run/2026-01-15.json");
    }

    @Test
    void linesThatAReplayCorrectedAreToldBesideTheSumTheyAreIn() {
        day.passed();
        database.execute(
                "UPDATE ops.pipeline_run_log SET facts = facts || '{\"corrected\": 3}' WHERE job = 'transform-job'");

        assertThat(report().lines()).contains("          8 clean = 8 copied = 8 in the table; 3 corrected by a replay");
        assertThat(RunReportFile.read(workspace.runReport(DAY)).corrected()).isEqualTo(3);
    }

    @Test
    void theFileHoldsWhatTheScreenTells() {
        day.passed();

        report();

        DayReport report = RunReportFile.read(workspace.runReport(DAY));
        assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(report.reason()).isEmpty();
        assertThat(report.figures()).isEqualTo(new Figures(8, 3L, 4L, 2L, 2L, new BigDecimal("30500.00")));
        assertThat(report.ledger())
                .isEqualTo(new Ledger(10, 8, 2, Map.of("required_fields", 1L, "value_range", 1L), 8L, 8L, 8L));
        assertThat(report.marts())
                .containsExactly(
                        built("mart_funnel_daily", 1),
                        built("mart_orders", 2),
                        built("mart_product_daily", 4),
                        built("mart_user_daily", 3));
        assertThat(report.steps())
                .extracting(step -> step.job() + " " + step.slice() + " " + step.seconds())
                .containsExactly(
                        "extract-job all 0.900",
                        "transform-job all 1.500",
                        "load-job all 2.250",
                        "mart-job mart_funnel_daily 0.400",
                        "mart-job mart_orders 0.400",
                        "mart-job mart_product_daily 0.400",
                        "mart-job mart_user_daily 0.400");
        assertThat(report.writtenAt()).isEqualTo(CLOCK.instant());
    }

    @Test
    void theLastLineIsTheSummaryOfTheRun() {
        day.passed();

        JsonNode summary = report().summary();

        assertThat(summary.get("slice").asString()).isEqualTo("report");
        assertThat(summary.get("status").asString()).isEqualTo("done");
        assertThat(summary.get("verdict").asString()).isEqualTo("passed");
        assertThat(summary.get("revenue").decimalValue()).isEqualByComparingTo("30500");
        assertThat(summary.get("balanced").asBoolean()).isTrue();
        assertThat(summary.get("checks_failed")).isEmpty();
    }

    @Test
    void theSameDayTwiceIsTheSameReport() throws IOException {
        day.passed();
        report();
        byte[] first = Files.readAllBytes(workspace.runReport(DAY));

        assertThat(report().exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllBytes(workspace.runReport(DAY))).isEqualTo(first);
    }

    @Test
    void aRefusedDayTellsItsFailedCheckWithTheFirstReason() throws IOException {
        day.refused();
        qualityReport("quantity: -2 (expected: 1..99) of \\u001b[31m kim@shop.kr, 010-1234-5678\\u202e");

        Told told = report();

        assertThat(told.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(told.summary().get("verdict").asString()).isEqualTo("quality_failed");
        assertThat(told.summary().get("checks_failed").toString()).isEqualTo("[\"required_fields\",\"value_range\"]");
        assertThat(told.lines())
                .startsWith(
                        "Jangbu · events 2026-01-15 · profile default                                          QUALITY FAILED",
                        "─".repeat(100),
                        "why       1 of 7 checks failed: value_range 70.0 %",
                        "figures   nothing of this day is in the tables")
                .contains(
                        "value_range                          9           3      66.666 %          99 %  FAIL",
                        "  value_range line 118: quantity: -2 (expected: 1..99) of \\u001b[31m ***, ***\\u202e",
                        "ledger    10 lines = 6 clean + 4 rejected (required_fields 1, value_range 3)",
                        "          6 clean, none of them loaded",
                        "books     quality failed",
                        "marts     none built",
                        "quality   " + folder + "/reports/quality/events/2026-01-15.json");
    }

    @Test
    void examplesOfAnotherRunAreNotShown() throws IOException {
        day.passed();
        qualityReport("of the run before");

        assertThat(report().text()).doesNotContain("of the run before");
    }

    @Test
    void aDayNobodyRanIsAClearFailure() {
        Told told = report();

        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.summary().get("message").asString())
                .isEqualTo("nothing to report for events 2026-01-15: no job has run for it;"
                        + " begin with extract-job events --ds 2026-01-15");
        assertThat(workspace.runReport(DAY)).doesNotExist();
        assertThat(report().exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void checksNewerThanTheTableAreSaidSo() {
        day.passed().refused();

        assertThat(report().lines())
                .contains(
                        "figures   events 8   users 3   sessions 4   purchases 2   revenue 30,500원",
                        "          of an earlier load: what these checks saw is not in the tables",
                        "          6 clean, none of them loaded");
    }

    @Test
    void rowsThatLeftTheTableUnbalanceTheBooks() {
        day.passed();
        database.execute("DELETE FROM raw.raw_events WHERE event_id IN (SELECT event_id FROM raw.raw_events LIMIT 1)");

        Told told = report();

        assertThat(told.summary().get("verdict").asString()).isEqualTo("incomplete");
        assertThat(told.summary().get("reason").asString()).isEqualTo("clean 8 ≠ in table now 7");
        assertThat(told.lines())
                .contains(
                        "          8 clean = 8 copied = 7 in the table",
                        "books     the books do NOT balance: clean 8 ≠ in table now 7");
    }

    @Test
    void aLandingNewerThanItsCheckMakesTheDayIncomplete() {
        day.passed().extracted();

        Told told = report();

        assertThat(told.summary().get("verdict").asString()).isEqualTo("incomplete");
        assertThat(told.summary().get("books").asString()).isEqualTo("check is older than the landing");
        assertThat(told.summary().get("reason").asString())
                .isEqualTo("check is older than the landing: extracted on 2026-01-16 09:18 and not checked since;"
                        + " make validate load marts report DS=2026-01-15");
        assertThat(told.lines())
                .contains(
                        "books     10 lines = 8 clean + 2 rejected = 8 loaded; 4 of 4 marts from this load; check is older",
                        "          than the landing");
    }

    @Test
    void anIncompleteDayNamesWhatIsMissing() {
        day.extracted();
        assertThat(reason()).isEqualTo("transform-job has not run");
        day.run("transform-job", "all", "killed", "NULL", "ended without a word", "{}");
        assertThat(reason()).isEqualTo("transform-job killed: ended without a word");
        day.checked();
        assertThat(reason()).isEqualTo("load-job has not run since the checks");
        day.run("load-job", "all", "failed", "0.100", "disk full", "{}");
        assertThat(reason()).isEqualTo("load-job failed: disk full");
        day.loaded().raw(8);
        assertThat(reason()).isEqualTo("mart_funnel_daily was not built");
        day.marts();
        assertThat(reason()).isEmpty();
        day.loaded();
        assertThat(reason()).isEqualTo("mart_funnel_daily is older than the load");
        day.mart("mart_funnel_daily", "1").mart("mart_product_daily", "4").mart("mart_user_daily", "3");
        day.run("mart-job", "mart_orders", "failed", "0.100", "a check failed", "{}");
        assertThat(reason()).isEqualTo("mart_orders failed");
    }

    @Test
    void jsonTakesThePlaceOfTheScreen() {
        day.passed();

        Told told = report(true);

        assertThat(told.lines()).hasSize(1);
        JsonNode report = Json.mapper().readTree(told.lines().get(0));
        assertThat(report.get("ds").asString()).isEqualTo("2026-01-15");
        assertThat(report.get("verdict").asString()).isEqualTo("passed");
        assertThat(report.get("ledger").get("balanced").asBoolean()).isTrue();
        assertThat(report.get("books").get("state").asString()).isEqualTo("balances");
        assertThat(report.get("books").get("balances").asBoolean()).isTrue();
        assertThat(report.get("books").get("loaded").asLong()).isEqualTo(8);
        assertThat(report.get("books").get("marts_built").asInt()).isEqualTo(4);
        assertThat(report.get("checks").get(0).get("pass_rate").decimalValue()).isEqualByComparingTo("0.9");
    }

    private record Told(ExitCode exitCode, String text) {
        /** The screenful: all lines but the last. */
        List<String> lines() {
            List<String> all = text.lines().toList();
            return all.subList(0, all.size() - 1);
        }

        JsonNode summary() {
            return Json.mapper().readTree(text.lines().reduce("", (earlier, later) -> later));
        }
    }

    private String reason() {
        return report().summary().get("reason").asString();
    }

    private Told report() {
        return report(false);
    }

    private Told report(boolean isJson) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ExitCode exitCode = new JobRunner(database.environment(), CLOCK, out, false)
                .run(
                        new RunRequest("mart-job", "events", "report", DAY, "1", workspace),
                        ReportConfiguration.class,
                        new Terminal(out, false),
                        new ReportOptions(isJson));
        return new Told(exitCode, bytes.toString(StandardCharsets.UTF_8));
    }

    private void qualityReport(String reason) throws IOException {
        Path file = workspace.qualityReport("events", RunRequest.WHOLE, DAY);
        Files.createDirectories(file.resolveSibling(""));
        String check = """
                {"name": "%s", "type": "%s", "counted": %d, "failed": %d, "pass_rate": 0.5, "threshold": 0.99,
                 "status": "fail", "examples": [%s]}""";
        String example = "{\"file\": \"part-00000.jsonl\", \"line\": 118, \"reason\": \"" + reason + "\"}";
        Files.writeString(
                file,
                "{\"ds\": \"2026-01-15\", \"counted\": 10, \"clean\": 6, \"rejected\": 4,"
                        + " \"status\": \"fail\", \"checks\": ["
                        + String.join(
                                ",",
                                String.format(check, "required_fields", "null_check", 10, 1, ""),
                                String.format(check, "unique_event_id", "duplicate_check", 9, 0, ""),
                                String.format(check, "value_range", "range_check", 9, 3, example),
                                String.format(check, "funnel_sequence", "sequence_check", 4, 0, ""),
                                String.format(check, "timestamp_valid", "timestamp_check", 9, 0, ""),
                                String.format(check, "order_amount", "integrity_check", 0, 0, ""),
                                String.format(check, "platform_device", "consistency_check", 9, 1, ""))
                        + "]}");
    }

    private static BuiltMart built(String name, long rows) {
        return new BuiltMart(name, rows, new BigDecimal("0.400"), "done");
    }
}
