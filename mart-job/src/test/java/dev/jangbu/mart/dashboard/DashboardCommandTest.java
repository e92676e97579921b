package dev.jangbu.mart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.report.LoggedDay;
import dev.jangbu.mart.report.PlainText;
import dev.jangbu.mart.report.ReportRuns;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Verdict;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class DashboardCommandTest {
    private static final LocalDate PASSED = LocalDate.parse("2026-01-12");
    private static final LocalDate REFUSED = LocalDate.parse("2026-01-13");
    private static final LocalDate NEVER = LocalDate.parse("2026-01-14");
    private static final LocalDate UNLOADED = LocalDate.parse("2026-01-15");
    private static final LocalDate LOST = LocalDate.parse("2026-01-16");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void theReportFilesTellTheSameDaysAsTheDatabase(TestDatabase database) {
        fourDays(database);
        Workspace workspace = new Workspace(folder);
        List.of(PASSED, REFUSED, UNLOADED, LOST).forEach(day -> assertThat(ReportRuns.run(database, workspace, day))
                .isEqualTo(ExitCode.DONE));

        Map<LocalDate, DashboardDay> ofDatabase = Jdbi.create(database.url(), database.user(), "")
                .withHandle(handle -> new DatabaseDays(handle, "events").read(PASSED, LOST));
        Map<LocalDate, DashboardDay> ofFiles =
                new ReportFileDays(folder.resolve("reports"), "events").read(PASSED, LOST);

        assertThat(ofDatabase.values())
                .extracting(DashboardDay::verdict)
                .containsExactly(Verdict.PASSED, Verdict.QUALITY_FAILED, Verdict.INCOMPLETE, Verdict.QUALITY_FAILED);
        assertThat(ofDatabase.values()).extracting(DashboardDay::events).containsExactly(8L, null, null, 8L);
        assertThat(ofDatabase.values()).extracting(DashboardDay::orders).containsExactly(2L, null, null, 2L);
        assertThat(ofFiles).isEqualTo(ofDatabase);
    }

    @Test
    void daysNobodyRanAreShownBetweenTheOthers(TestDatabase database) throws IOException {
        fourDays(database);

        ExitCode exitCode = run(database.environment(), "--days", "30", "--out", folder + "/d.html");

        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        JsonNode summary = Json.mapper().readTree(lastLine());
        assertThat(summary.get("from").asString()).isEqualTo("2026-01-12");
        assertThat(summary.get("ds").asString()).isEqualTo("2026-01-16");
        assertThat(summary.get("days").asInt()).isEqualTo(5);
        assertThat(summary.get("days_passed").asInt()).isEqualTo(1);
        assertThat(summary.get("days_failed").asInt()).isEqualTo(2);
        assertThat(summary.get("availability").decimalValue()).isEqualByComparingTo("0.2");
        assertThat(Files.readString(folder.resolve("d.html")))
                .contains("<title>2026-01-14 실행 없음 Not run</title>")
                .contains("<title>2026-01-15 미완료 Incomplete</title>");
    }

    @Test
    void theTerminalFitsOneScreen(TestDatabase database) {
        fourDays(database);

        run(database.environment(), "--terminal", "--to", "2026-01-16", "--days", "5");

        List<String> lines = text().lines().toList();
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(41)
                .contains(
                        "days              5   passed 1   failed 2   incomplete 1   not run 1   availability 20.0 %",
                        "verdicts          ●✕·○✕   ● passed  ✕ failed  ○ incomplete  · not run",
                        "2026-01-12  passed                     8         2          30,500원");
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(PlainText.width(line)).isLessThanOrEqualTo(100));
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void qualityReportsAloneMakeADashboard() throws IOException {
        Path quality = Files.createDirectories(folder.resolve("quality/events"));
        Files.writeString(quality.resolve("2026-01-12.json"), quality("2026-01-12", 0, "pass"));
        Files.writeString(quality.resolve("2026-01-13.json"), quality("2026-01-13", 3, "fail"));
        Files.writeString(quality.resolve("notes.json"), "not a report");

        run(Map.of(), "--from-reports", folder.toString(), "--csv", folder + "/days.csv");

        assertThat(Files.readAllLines(folder.resolve("days.csv")))
                .containsExactly(
                        "day,verdict,events,orders,revenue,profile,lines,clean,rejected,in_table,balanced,failed_checks",
                        "2026-01-12,passed,10,,,,10,10,0,,true,",
                        "2026-01-13,quality_failed,,,,,10,7,3,,true,value_range");
    }

    @Test
    void aReportThatIsNoneIsNamed() throws IOException {
        Path runs = Files.createDirectories(folder.resolve("run"));
        Files.writeString(runs.resolve("2026-01-12.json"), "{\"ds\": ");

        assertThatThrownBy(() -> run(Map.of(), "--from-reports", folder.toString(), "--terminal"))
                .isInstanceOf(JobFailure.class)
                .hasMessage(runs.resolve("2026-01-12.json")
                        + ": not a run report this version reads; run mart-job report for the day again");
    }

    @Test
    void wrongArgumentsAreToldInOneLine(TestDatabase database) {
        assertUsage("--days: 0 (expected: 1..3660)", "--days", "0", "--terminal");
        assertUsage("where to? (expected: --out FILE, --csv FILE or --terminal)");
        assertUsage("--to: 2026-02-30 (expected: a date such as 2026-01-15)", "--terminal", "--to", "2026-02-30");
        assertUsage(
                "--from-reports: " + folder + " (expected: a folder with run/<ds>.json or quality/events/<ds>.json)",
                "--terminal",
                "--from-reports",
                folder.toString());
        assertThatThrownBy(() -> run(database.environment(), "--terminal"))
                .hasMessage("no day of events so far; run a day first, or ask for others by --to");
    }

    @Test
    void anUnmigratedDatabaseIsTold(@Unmigrated TestDatabase database) {
        assertThatThrownBy(() -> run(database.environment(), "--terminal"))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith("the database was never migrated");
    }

    @Test
    void aDryRunWritesNothing() {
        assertThat(run(Map.of(), "--dry-run", "--out", folder + "/d.html")).isEqualTo(ExitCode.DONE);

        assertThat(text())
                .isEqualTo("would show 30 days of events from the database and write " + folder + "/d.html\n");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertUsage(String message, String... arguments) {
        assertThatThrownBy(() -> run(Map.of(), arguments))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }

    /** Passed, refused, not run, not loaded; and a day loaded once whose checks failed since. */
    private static void fourDays(TestDatabase database) {
        new LoggedDay(database, PASSED).passed();
        new LoggedDay(database, REFUSED).refused();
        new LoggedDay(database, UNLOADED).extracted().checked();
        new LoggedDay(database, LOST).passed().refused();
        assertThat(database.rows("SELECT 1 FROM ops.pipeline_run_log WHERE business_date = '" + NEVER + "'"))
                .isEmpty();
    }

    private ExitCode run(Map<String, String> environment, String... arguments) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(SampleDays.WRITTEN_AT, ZoneOffset.UTC);
        DashboardCommand command = new DashboardCommand(environment, clock, new Terminal(out, false));
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        return text().lines().reduce("", (earlier, later) -> later);
    }

    private static String quality(String day, int failed, String status) {
        return String.format("""
                {"ds": "%s", "files": [], "counted": 10, "clean": %d, "rejected": %d, "status": "%s", "seconds": 1,
                 "version": "0.1.0", "checks": [{"name": "value_range", "type": "range_check", "counted": 10,
                 "failed": %d, "pass_rate": %s, "threshold": 0.99, "status": "%s", "examples": ["line 3: far out"]}]}""", day, 10 - failed, failed, status, failed, (10 - failed) / 10.0, status);
    }
}
