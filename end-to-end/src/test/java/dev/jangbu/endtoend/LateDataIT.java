package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Events that come after their day was done. */
@ExtendWith(PostgresExtension.class)
class LateDataIT {
    private static final String DS = "2026-01-15";
    private static final String NEXT = "2026-01-16";
    private static final String BOOKS =
            "SELECT business_date, state, balances, marts_built FROM ops.v_books ORDER BY 1";

    @TempDir
    private Path workspace;

    @Test
    void aLateFileIsAddedToItsDayAndNoOther(TestDatabase database) throws IOException {
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));
        wholeDay(pipeline, DS);
        wholeDay(pipeline, NEXT);
        long before = rows(database, DS);
        String nextDay = checksums(database, NEXT);
        Path late = late("late.jsonl", 3);

        String summary = append(pipeline, late);

        assertThat(summary).contains("\"appended\":3").contains("\"source\":\"simulator\"");
        assertThat(database.rows(BOOKS))
                .containsExactly(DS + "|check is older than the landing|t|4", NEXT + "|balances|t|4");
        assertThat(pipeline.expect(0, "mart-job", "gaps", "--from", DS, "--to", NEXT))
                .contains("\"gaps\":1")
                .contains("\"command\":\"bin/run-day validate load marts report --ds 2026-01-15\"");
        assertThat(database.value("SELECT state FROM mart.v_freshness WHERE mart = 'mart_orders' AND business_date = '"
                        + DS + "'"))
                .isEqualTo("newer data has come");

        pipeline.transform(DS);
        assertThat(database.rows(BOOKS)).first().isEqualTo(DS + "|load is older than the check|f|4");
        pipeline.load(DS);
        assertThat(database.rows(BOOKS)).first().isEqualTo(DS + "|marts are older than the load|f|0");
        pipeline.marts(DS);

        assertThat(database.rows(BOOKS)).containsExactly(DS + "|balances|t|4", NEXT + "|balances|t|4");
        assertThat(rows(database, DS)).isEqualTo(before + 3);
        assertThat(database.rows("SELECT user_id, page_view_count FROM mart.mart_user_daily WHERE activity_date = '"
                        + DS + "' AND user_id = 'ULATE'"))
                .containsExactly("ULATE|3");
        assertThat(checksums(database, NEXT)).isEqualTo(nextDay);
        assertThat(pipeline.expect(0, "mart-job", "gaps", "--from", DS, "--to", NEXT, "--fail-on-gaps"))
                .contains("\"gaps\":0");
    }

    @Test
    void theDayIsTheSameHoweverOftenTheFileComesAndTheDayIsExtractedAgain(TestDatabase database) throws IOException {
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));
        wholeDay(pipeline, DS);
        Path late = late("late.jsonl", 3);
        append(pipeline, late);
        rest(pipeline);
        Map<String, String> once = pipeline.checksums();

        assertThat(append(pipeline, late)).contains("\"appended\":0").contains("it was appended before");
        assertThat(database.rows(BOOKS)).containsExactly(DS + "|balances|t|4");
        wholeDay(pipeline, DS);

        assertThat(pipeline.checksums()).isEqualTo(once);
        assertThat(database.rows(BOOKS)).containsExactly(DS + "|balances|t|4");
        assertThat(pipeline.expect(0, "mart-job", "plan", "--ds", DS)).contains("\"days_with_late_files\":1");
        pipeline.simulate(DS, "--users", "100", "--drop-late");
        rest(pipeline);
        assertThat(database.rows("SELECT 1 FROM raw.raw_events WHERE user_id = 'ULATE'"))
                .isEmpty();
    }

    /** Events the day has already are refused by its check of repeated ids, and counted. */
    @Test
    void eventsThatWereThereBeforeAreRejectedAsRepeated(TestDatabase database) throws IOException {
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));
        wholeDay(pipeline, DS);
        long before = rows(database, DS);
        List<String> landed = pipeline.lines("landing", "part-");
        Path late = workspace.resolve("late.jsonl");
        Files.write(late, List.of(landed.get(0), landed.get(1), event(1)));

        append(pipeline, late);
        rest(pipeline);

        assertThat(rows(database, DS)).isEqualTo(before + 1);
        assertThat(database.rows(
                        "SELECT lines_read - clean, rejected, loaded - " + before + ", state FROM ops.v_books"))
                .containsExactly("2|2|1|balances");
        assertThat(database.value("SELECT rejected_by_reason FROM ops.load_log WHERE rejected > 0"))
                .isEqualTo("{\"unique_event_id\": 2}");
    }

    /** The day is closed: its books are not opened again, nor the next day's, and the run log says why. */
    @Test
    void aFileThatComesAfterTheWindowIsRefusedAndTold(TestDatabase database) throws IOException {
        Pipeline pipeline = new Pipeline(database, workspace.resolve("data"));
        wholeDay(pipeline, DS);
        wholeDay(pipeline, NEXT);
        String day = checksums(database, DS);
        String nextDay = checksums(database, NEXT);
        Path late = late("late.jsonl", 3);

        String summary = pipeline.expect(
                2,
                "extract-job",
                "events",
                "--ds",
                DS,
                "--source",
                "files",
                "--input",
                late.toString(),
                "--append-late");

        assertThat(summary)
                .contains("late.jsonl: LATE, came ")
                .contains(" days after 2026-01-15 (expected: at most 7)");
        assertThat(database.rows(
                        "SELECT status, exit_code FROM ops.pipeline_run_log WHERE message LIKE '%: LATE, came %'"))
                .containsExactly("usage|2");
        assertThat(database.rows(BOOKS)).containsExactly(DS + "|balances|t|4", NEXT + "|balances|t|4");
        assertThat(checksums(database, DS)).isEqualTo(day);
        assertThat(checksums(database, NEXT)).isEqualTo(nextDay);
    }

    private static void wholeDay(Pipeline pipeline, String ds) {
        pipeline.simulate(ds, "--users", "100");
        pipeline.transform(ds);
        pipeline.load(ds);
        pipeline.marts(ds);
    }

    private static void rest(Pipeline pipeline) {
        pipeline.transform(DS);
        pipeline.load(DS);
        pipeline.marts(DS);
    }

    private static String append(Pipeline pipeline, Path late) {
        return pipeline.expect(
                0,
                "extract-job",
                "events",
                "--ds",
                DS,
                "--source",
                "files",
                "--input",
                late.toString(),
                "--append-late",
                "--late-window",
                "36500");
    }

    private Path late(String name, int events) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int nth = 1; nth <= events; nth++) {
            lines.append(event(nth)).append('\n');
        }
        return Files.writeString(workspace.resolve(name), lines);
    }

    private static String event(int nth) {
        return """
                {"event_id":"%s","event_type":"page_view","user_id":"ULATE","session_id":"SLATE",\
                "timestamp":"2026-01-15T23:59:0%d","platform":"web","device_type":"desktop",\
                "page_url":"https://shop.example/","page_type":"home"}""".formatted(new UUID(7, nth), nth);
    }

    private static long rows(TestDatabase database, String ds) {
        return Long.parseLong(database.value("SELECT COUNT(*) FROM raw.raw_events WHERE event_date = '" + ds + "'"));
    }

    private static String checksums(TestDatabase database, String ds) {
        return database.value("SELECT SUM(hashtextextended(CAST(t AS TEXT), 0)) FROM mart.mart_user_daily AS t"
                + " WHERE activity_date = '" + ds + "'");
    }
}
