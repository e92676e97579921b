package dev.jangbu.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged jar, run by itself. */
@ExtendWith(PostgresExtension.class)
class SparkJobIT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final int HEAVY = 300_000;
    private static final JobJar JOB = JobJar.of("spark-job");

    @TempDir
    Path workspace;

    @Test
    void aRangeIsAggregatedDayByDayByOneProcess(TestDatabase database) {
        new CleanDay(workspace, DAY)
                .file(Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"))
                .publish();
        new CleanDay(workspace, DAY.plusDays(1)).publish();
        JobJar.Ended ended = JOB.with(database.environment())
                .run(
                        "aggregate",
                        "events",
                        "--from",
                        "2026-01-15",
                        "--to",
                        "2026-01-16",
                        "--master",
                        "local[2]",
                        "--workspace",
                        workspace.toString());
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        JsonNode summary = Json.mapper().readTree(ended.lastLine());
        assertThat(summary.get("status").stringValue()).isEqualTo("done");
        assertThat(summary.get("ds").stringValue()).isEqualTo("2026-01-16");
        assertThat(ended.error()).isEmpty();
        assertThat(database.rows(
                        "SELECT slice, business_date, status FROM ops.pipeline_run_log ORDER BY business_date"))
                .containsExactly("aggregate|2026-01-15|done", "aggregate|2026-01-16|done");
    }

    /** A day that is almost one session; the heap is that of a small machine, and the job ends within five minutes or is killed. */
    @Test
    void aSessionOfThreeHundredThousandEventsNeedsLittleMemory(TestDatabase database) throws IOException {
        List<Event> events = new ArrayList<>();
        for (int nth = 0; nth < HEAVY; nth++) {
            events.add(Event.of("click BOT S9 2026-01-15T%02d:%02d:%02d.%03d web P%04d"
                    .formatted(nth / 12_500, nth / 209 % 60, nth / 4 % 60, nth % 1_000, nth % 10_000)));
        }
        events.add(Event.of("page_view U1 S1 2026-01-15T23:59:59.999 web"));
        new CleanDay(workspace, DAY).file(events).publish();
        JobJar.Ended ended = JOB.with(database.environment())
                .withJvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx600m")
                .run("aggregate", "events", "--ds", "2026-01-15", "--workspace", workspace.toString());
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        assertThat(Json.mapper().readTree(ended.lastLine()).get("tables").toString())
                .isEqualTo("{\"session_sequences\":2,\"funnel_conversion\":1,\"hourly_traffic\":24,"
                        + "\"product_conversion\":10000,\"session_patterns\":2}");
        assertThat(linesOf("session_sequences.csv"))
                .hasSize(2)
                .contains("2026-01-15,S1,page_view,1,0.000000,false")
                .anyMatch(line -> line.startsWith("2026-01-15,S9,click > click > ")
                        && line.contains("," + HEAVY + ",")
                        && line.length() > HEAVY * "click > ".length());
    }

    /** Of all the table's files, without their headers. */
    private List<String> linesOf(String table) throws IOException {
        try (Stream<Path> files = Files.walk(workspace.resolve("aggregates/events/2026-01-15"))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().contains("/" + table + "/"))
                    .toList()) {
                List<String> all = Files.readAllLines(file);
                lines.addAll(all.subList(1, all.size()));
            }
            return lines;
        }
    }

    @Test
    void helpAndWrongArgumentsNeedNoSpark() {
        assertThat(JOB.run("aggregate", "--help").output()).contains("--master=URL", "--from=YYYY-MM-DD");
        JobJar.Ended refused = JOB.run("aggregate", "orders", "--ds", "2026-01-15");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.error()).isEqualTo("dataset: orders (expected: events)\n");
    }
}
