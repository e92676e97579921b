package dev.jangbu.mart.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.report.LoggedDay;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class PlanCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void eachDayIsToldWithWhatWouldBeRewritten(TestDatabase database) throws IOException {
        new LoggedDay(database, LocalDate.parse("2026-01-10")).passed();
        new LoggedDay(database, LocalDate.parse("2026-01-11")).passed().loaded();
        land("2026-01-11", "");
        land("2026-01-12", "f00d");
        Files.createDirectories(folder.resolve("corrections/events/2026-01-12"));
        Files.writeString(folder.resolve("corrections/events/2026-01-12/manifest.json"), "{}");
        Path broken = Files.createDirectories(folder.resolve("landing/events/2026-01-13"));
        Files.writeString(broken.resolve("manifest.json"), "{");
        List<String> before = files();

        assertThat(run(database, "--from", "2026-01-10", "--to", "2026-01-13")).isEqualTo(ExitCode.DONE);

        assertThat(screen())
                .containsExactly(
                        "Jangbu · what a backfill of events 2026-01-10 – 2026-01-13 would rewrite                  Asia/Seoul",
                        "─".repeat(100),
                        "day         loaded now marts        last built       landing  a backfill would",
                        "2026-01-10           8   4/4  2026-01-11 09:17          none  replace 8 rows, build 4 marts",
                        "2026-01-11           8   0/4  2026-01-12 09:17            10  replace 8 rows, build 4 marts",
                        "2026-01-12           –     –                 –            10  load for the first time, build 4 marts",
                        "                                                              1 late, kept, corrections",
                        "2026-01-13           –     –                 –    unreadable  load for the first time, build 4 marts",
                        "",
                        "4 days: 2 to replace (16 rows), 2 to load for the first time; 16 marts to build",
                        "about 25 s by the last runs of 2 days",
                        "1 day with late files: an extraction keeps them (--drop-late leaves them out)",
                        "1 day with corrections: they are laid over what is extracted",
                        "nothing was changed; to do it: make backfill FROM=2026-01-10 TO=2026-01-13");
        assertThat(summary().get("estimated_seconds").intValue()).isEqualTo(25);
        assertThat(summary().get("rows_replaced").intValue()).isEqualTo(16);
        assertThat(summary().get("plan").get(2).get("late_files").intValue()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
        assertThat(database.rows("SELECT 1 FROM ops.run_lock")).isEmpty();
    }

    @Test
    void aRangeNobodyRanHasNoEstimate(TestDatabase database) {
        run(database, "events", "--ds", "2026-01-10");

        assertThat(screen())
                .contains(
                        "1 day: 0 to replace (0 rows), 1 to load for the first time; 4 marts to build",
                        "no day of it has run, so nobody knows how long it takes");
        assertThat(summary().get("estimated_seconds").isNull()).isTrue();
        assertThatThrownBy(() -> run(database, "orders", "--ds", "2026-01-10"))
                .hasMessage("dataset: orders (expected: events)");
    }

    /** Three years, each day run twice: the books of all of them in one look. */
    @Test
    void threeYearsArePlannedInSeconds(TestDatabase database) {
        database.execute("""
                INSERT INTO ops.pipeline_run_log
                    (run_id, job, dataset, slice, business_date, attempt, token, status, facts, seconds, version, started_at)
                SELECT job || slice || day || '-' || nth, job, 'events', slice, day, '1', nth, 'done', '{"rows": 5}', 1.5,
                    '1', day + INTERVAL '30 h' + nth * INTERVAL '1 h'
                FROM (VALUES ('extract-job', 'all'), ('transform-job', 'all'), ('load-job', 'all'),
                    ('mart-job', 'mart_orders'), ('mart-job', 'mart_user_daily'), ('mart-job', 'mart_product_daily'),
                    ('mart-job', 'mart_funnel_daily'), ('mart-job', 'report')) AS job (job, slice),
                    generate_series(DATE '2023-01-01', DATE '2025-12-31', INTERVAL '1 day') AS day,
                    generate_series(1, 2) AS nth;
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                     severity, status, day_status, version, checked_at)
                SELECT 'transform-joball' || day || '-' || nth, 'events', 'all', day, 'check' || check_no, 'a', 9, 0, 1,
                    0.9, 'fail', 'pass', 'pass', '1', day + INTERVAL '30 h' + nth * INTERVAL '1 h'
                FROM generate_series(DATE '2023-01-01', DATE '2025-12-31', INTERVAL '1 day') AS day,
                    generate_series(1, 2) AS nth, generate_series(1, 7) AS check_no;
                INSERT INTO ops.checked_file
                    (run_id, file, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                     lines, clean, rejected, rejected_by_reason, sha256)
                SELECT 'transform-joball' || day || '-' || nth, 'part', 'events', 'all', day, nth,
                    'extract-joball' || day || '-' || nth, 'part', 'a', 5, 5, 0, '{}', 'b'
                FROM generate_series(DATE '2023-01-01', DATE '2025-12-31', INTERVAL '1 day') AS day,
                    generate_series(1, 2) AS nth;
                INSERT INTO ops.load_log
                    (run_id, file, dataset, slice, business_date, token, lines_read, clean, rejected, rejected_by_reason,
                     sent, copied, in_table, sha256, checked_by)
                SELECT 'load' || run_id, file, dataset, slice, business_date, token, 5, 5, 0, '{}', 5, 5, 5, sha256, run_id
                FROM ops.checked_file;
                INSERT INTO ops.mart_log
                    (run_id, mart, dataset, business_date, token, load_run_id, load_file, source_rows, row_count)
                SELECT mart || run_id, mart, dataset, business_date, token, run_id, file, 5, 5
                FROM ops.load_log INNER JOIN ops.mart USING (dataset);
                ANALYZE""");

        run(database, "--from", "2023-01-01", "--to", "2025-12-31");

        assertThat(summary().get("days").intValue()).isEqualTo(1_096);
        assertThat(summary().get("days_replaced").intValue()).isEqualTo(1_096);
        assertThat(summary().get("plan").get(1_095).get("books").asString()).isEqualTo("balances");
        assertThat(summary().get("seconds").doubleValue()).isLessThan(5);
        long start = System.nanoTime();
        assertThat(database.value("SELECT COUNT(*) FILTER (WHERE is_final) FROM mart.v_freshness"))
                .isEqualTo(String.valueOf(4 * 1_096));
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    /** Ten rows; of a late file where its hash is given. */
    private void land(String day, String lateInput) {
        DayFolder landing = new Workspace(folder).landing("events", RunRequest.WHOLE, LocalDate.parse(day));
        Manifest.Entry part =
                new Manifest.Entry("20260116T000000000Z-00000000/part-00000.jsonl", 10, 100, "a", Map.of(), lateInput);
        landing.newRunFolder("20260116T000000000Z-00000000");
        landing.publish(new Manifest(
                "extract-job",
                "events",
                RunRequest.WHOLE,
                LocalDate.parse(day),
                "files",
                "default",
                10,
                100,
                List.of(part),
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "1",
                "20260116T000000000Z-00000000",
                1,
                Instant.EPOCH));
    }

    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (var tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                files.add(file + " " + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    private ExitCode run(TestDatabase database, String... arguments) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PlanCommand command = new PlanCommand(Map.copyOf(database.environment()), new Terminal(out, false));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", folder.toString()));
        new CommandLine(command).parseArgs(all.toArray(String[]::new));
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
