package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(PostgresExtension.class)
class SimulatedDayIT {
    private static final String DS = "2026-01-15";

    @TempDir
    private Path workspace;

    @Test
    void aDayGoesFromItsSourceToTheMartsAndAgainGivesEqualRows(TestDatabase database) {
        Pipeline pipeline = new Pipeline(database, workspace);
        wholeDay(pipeline);
        Map<String, String> once = pipeline.checksums();

        wholeDay(pipeline);

        assertThat(pipeline.checksums()).isEqualTo(once);
        assertThat(database.rows("SELECT lines_read = clean + rejected AND clean = in_table, rejected, in_table ="
                        + " (SELECT COUNT(*) FROM raw.raw_events) FROM ops.load_log"))
                .containsExactly("t|0|t", "t|0|t");
        assertThat(database.value(
                        "SELECT SUM(page_view_count + click_count + add_to_cart_count + purchase_count + search_count)"
                                + " = (SELECT COUNT(*) FROM raw.raw_events) FROM mart.mart_user_daily"))
                .isEqualTo("t");
        assertThat(pipeline.expect(0, "mart-job", "report", "--ds", DS)).contains("\"status\":\"done\"");
    }

    /** A Korean day is the same day on a machine in New York. */
    @Test
    void theMachinesTimeZoneChangesNothing(TestDatabase seoul, TestDatabase newYork) {
        Pipeline there = new Pipeline(seoul, workspace.resolve("seoul"), "-Duser.timezone=Asia/Seoul");
        Pipeline here = new Pipeline(newYork, workspace.resolve("new-york"), "-Duser.timezone=America/New_York");

        wholeDay(there);
        wholeDay(here);

        assertThat(here.checksums()).isEqualTo(there.checksums());
    }

    @Test
    void plantedDefectsAreFoundInExactlyThePlantedNumbers(TestDatabase database) throws IOException {
        Pipeline pipeline = new Pipeline(database, workspace);
        pipeline.simulate(DS, "--users", "400", "--seed", "11", "--defects", "0.2");

        String summary = pipeline.expect(10, "transform-job", "events", "--ds", DS);

        JsonNode planted = JsonMapper.shared().readTree(String.join("", pipeline.lines("landing", "defects.json")));
        Map<String, String> expected = new TreeMap<>();
        planted.get("failed")
                .properties()
                .forEach(check -> expected.put(
                        check.getKey(), String.valueOf(check.getValue().longValue())));
        Map<String, String> found = new TreeMap<>();
        database.rows("SELECT check_name, failed FROM ops.quality_check_log")
                .forEach(row -> found.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1)));
        assertThat(summary).contains("\"status\":\"quality_failed\"");
        assertThat(found).isEqualTo(expected).hasSize(7);
        assertThat(pipeline.lines("rejects", "rejected-"))
                .hasSize(planted.get("rejected").intValue());
    }

    @Test
    void aDayThatFailedItsChecksIsNotLoaded(TestDatabase database) {
        Pipeline pipeline = new Pipeline(database, workspace);
        wholeDay(pipeline);
        Map<String, String> before = pipeline.checksums();
        pipeline.simulate(DS, "--users", "300", "--defects", "0.2");
        pipeline.expect(10, "transform-job", "events", "--ds", DS);

        String refused = pipeline.expect(1, "load-job", "events", "--ds", DS);

        assertThat(refused).contains("transform-job");
        assertThat(pipeline.checksums()).isEqualTo(before);
    }

    @Test
    void twoRunsOfOneDayAtOnceOneWorks(TestDatabase database) {
        Pipeline pipeline = new Pipeline(database, workspace);
        pipeline.simulate(DS, "--users", "20000");

        var first = pipeline.start("transform-job", "events", "--ds", DS);
        var second = pipeline.start("transform-job", "events", "--ds", DS);

        assertThat(Objects.hash(first.await().exitCode())
                        + Objects.hash(second.await().exitCode()))
                .as("one 0 and one 12, or both 0 where the first ended before the second asked")
                .isIn(Objects.hash(0) + Objects.hash(12), 2 * Objects.hash(0));
        pipeline.load(DS);
    }

    private static void wholeDay(Pipeline pipeline) {
        pipeline.simulate(DS, "--users", "300");
        pipeline.transform(DS);
        pipeline.load(DS);
        pipeline.marts(DS);
    }
}
