package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.lake.LakeRun;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same tables from the lake as from the files that were put into it. */
@ExtendWith(PostgresExtension.class)
class LakeAggregationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

    @TempDir
    Path workspace;

    @Test
    void aDayOfTheLakeGivesTheTablesOfItsFiles(TestDatabase database) {
        new CleanDay(workspace, DAY)
                .file(
                        Event.of("page_view U1 S1 2026-01-15T00:00:00 web"),
                        Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"))
                .file(Event.of("purchase U2 S2 2026-01-15T12:00:00 ios")
                        .withProducts("[{\"product_id\": \"P0002\", \"quantity\": 2, \"unit_price\": 900}]"))
                .publish();
        new LakeRun(database, workspace).put(DAY);
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        List<List<String>> ofFiles = tables(run);
        assertThat(run.of(DAY, "lake")).isEqualTo(ExitCode.DONE);
        assertThat(tables(run)).isEqualTo(ofFiles);
        assertThat(run.csv("product_conversion", DAY)).endsWith("2026-01-15,P0002,0,0,1,1800.00,2,0,1,");
        Manifest manifest = run.manifest(DAY);
        assertThat(manifest.source() + " " + manifest.profile() + " " + manifest.windowFrom())
                .isEqualTo("simulator default 2026-01-14T15:00:00Z");
        assertThat(manifest.counts()).isEqualTo(Map.of("events", 3L));
    }

    @Test
    void rowsChangedByHandAreAggregatedAsTheyAre(TestDatabase database) {
        new CleanDay(workspace, DAY)
                .file(
                        Event.of("page_view U1 S1 2026-01-15T00:00:00 web"),
                        Event.of("page_view U2 S2 2026-01-15T00:00:00 ios"))
                .publish();
        LakeRun lake = new LakeRun(database, workspace);
        lake.put(DAY);
        lake.rows("DELETE FROM lake.events WHERE user_id = 'U1'");
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY, "lake")).isEqualTo(ExitCode.DONE);
        assertThat(run.rows("hourly_traffic", DAY)).containsExactly("2026-01-15|0|ios|1|1|1");
        assertThat(run.manifest(DAY).source()).isEqualTo("lake");
        assertThat(run.summary().get("rows").intValue()).isEqualTo(1);
    }

    @Test
    void aDayThatWasNotPutIsRefused(TestDatabase database) {
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY, "lake")).isEqualTo(ExitCode.FAILED);
        assertThat(run.summary().get("message").stringValue())
                .isEqualTo("no rows of 2026-01-15 in lake.events; run `lake put events --ds 2026-01-15` first");
    }

    private static List<List<String>> tables(AggregateRun run) {
        return DayAggregation.NAMES.stream()
                .map(table -> run.csv(table, DAY).stream().sorted().toList())
                .toList();
    }
}
