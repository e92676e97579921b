package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class DayAggregationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final LocalDate NEXT = DAY.plusDays(1);
    private static final Event CLICK = Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001");
    private static final Event VIEW = Event.of("page_view U1 S1 2026-01-16T00:00:00 web");

    @TempDir
    Path workspace;

    @Test
    void aDaysTablesArePublishedAsParquetAndAsCsv(TestDatabase database) {
        new CleanDay(workspace, DAY)
                .file(CLICK, Event.of("page_view U1 S1 2026-01-15T09:00:00 web"))
                .publish();
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(run.rows("funnel_conversion", DAY)).containsExactly("2026-01-15|web|1|1|0|0|100.00|0.00|NULL|0.00");
        assertThat(run.csv("funnel_conversion", DAY))
                .containsExactly(
                        "event_date,platform,step1_viewers,step2_clickers,step3_cart_adders,step4_purchasers,"
                                + "view_to_click_rate,click_to_cart_rate,cart_to_purchase_rate,overall_conversion_rate",
                        "2026-01-15,web,1,1,0,0,100.00,0.00,,0.00");
        assertThat(run.rows("hourly_traffic", DAY))
                .containsExactly("2026-01-15|9|web|1|1|1", "2026-01-15|23|web|1|1|1");
        assertThat(run.csv("hourly_traffic", DAY))
                .containsExactly(
                        "event_date,hour,platform,event_count,user_count,session_count",
                        "2026-01-15,9,web,1,1,1",
                        "2026-01-15,23,web,1,1,1");
        assertThat(run.csv("product_conversion", DAY))
                .containsExactly(
                        "event_date,product_id,click_count,cart_add_count,purchase_count,revenue,units_sold,"
                                + "unique_viewers,unique_buyers,conversion_rate",
                        "2026-01-15,P0001,1,0,0,0.00,0,1,0,0.00");
        assertThat(run.rows("session_sequences", DAY))
                .containsExactly("2026-01-15|S1|page_view > click|2|53999.999000|false");
        assertThat(run.csv("session_sequences", DAY))
                .containsExactly(
                        "event_date,session_id,event_sequence,event_count,duration_seconds,is_purchased",
                        "2026-01-15,S1,page_view > click,2,53999.999000,false");
        assertThat(run.csv("session_patterns", DAY))
                .containsExactly(
                        "event_date,event_sequence,session_count,mean_seconds,purchase_session_count,purchase_rate",
                        "2026-01-15,page_view > click,1,53999.999,0,0.00");
        assertThat(run.summary().get("rows").intValue()).isEqualTo(2);
        assertThat(run.summary().get("tables").toString())
                .isEqualTo("{\"session_sequences\":1,\"funnel_conversion\":1,\"hourly_traffic\":2,"
                        + "\"product_conversion\":1,\"session_patterns\":1}");
    }

    @Test
    void runAgainADayIsReplacedAndNoOther(TestDatabase database) {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        new CleanDay(workspace, NEXT).file(VIEW).publish();
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(run.of(NEXT)).isEqualTo(ExitCode.DONE);
        Manifest next = run.manifest(NEXT);
        new CleanDay(workspace, DAY)
                .file(Event.of("search U7 S7 2026-01-15T12:00:00 ios"))
                .publish();
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(run.rows("session_sequences", DAY)).containsExactly("2026-01-15|S7|search|1|0.000000|false");
        assertThat(run.manifest(NEXT)).isEqualTo(next);
        assertThat(run.rows("session_sequences", NEXT)).containsExactly("2026-01-16|S1|page_view|1|0.000000|false");
        assertThat(children(run.folder(DAY).path()))
                .containsExactly(run.manifest(DAY).runId(), "manifest.json");
    }

    @Test
    void theSameDayTwiceGivesTheSameRows(TestDatabase database) {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        AggregateRun run = new AggregateRun(database, workspace);
        run.of(DAY);
        List<String> first = digestsOfCsv(run.manifest(DAY));
        run.of(DAY);
        assertThat(digestsOfCsv(run.manifest(DAY))).isEqualTo(first).hasSize(5);
    }

    @Test
    void anEmptyDayHasEmptyTables(TestDatabase database) {
        new CleanDay(workspace, DAY).publish();
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        for (String table : DayAggregation.NAMES) {
            assertThat(run.rows(table, DAY)).as(table).isEmpty();
            assertThat(run.csv(table, DAY)).as(table).hasSize(1);
        }
        assertThat(run.manifest(DAY).rows()).isZero();
    }

    @Test
    void whatAKilledRunLeftIsRemoved(TestDatabase database) throws IOException {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        AggregateRun run = new AggregateRun(database, workspace);
        Path day = run.folder(DAY).path();
        Files.createDirectories(day.resolve(".20260116T000000000Z-0a0b0c0d.tmp/funnel_conversion"));
        Files.createDirectories(day.resolve("20260116T000000000Z-0a0b0c0d/funnel_conversion"));
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(children(day)).containsExactly(run.manifest(DAY).runId(), "manifest.json");
    }

    @Test
    void aDayThatWasNotCheckedIsRefusedAndNothingIsLeft(TestDatabase database) {
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(run.summary().get("message").stringValue())
                .isEqualTo("no clean for events 2026-01-15 in "
                        + workspace.resolve("clean/events/2026-01-15")
                        + "; run transform-job first: java -jar transform-job/target/transform-job.jar events --ds"
                        + " 2026-01-15");
        assertThat(run.folder(DAY).path()).doesNotExist();
    }

    @Test
    void aFileOfOtherRowsThanItsManifestSaysFailsTheDayByName(TestDatabase database) {
        CleanDay day = new CleanDay(workspace, DAY).file(CLICK);
        Manifest.Entry entry = day.entries().get(0);
        day.publishAs(List.of(new Manifest.Entry(entry.path(), 2, entry.bytes(), entry.sha256())));
        AggregateRun run = new AggregateRun(database, workspace);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.FAILED);
        assertThat(run.summary().get("message").stringValue())
                .isEqualTo(day.folder().resolve(entry).toUri()
                        + ": 1 rows (expected: 2, as its manifest says); run transform-job first: java -jar"
                        + " transform-job/target/transform-job.jar events --ds 2026-01-15");
        assertThat(run.folder(DAY).path()).isEmptyDirectory();
    }

    private static List<String> digestsOfCsv(Manifest manifest) {
        return manifest.files().stream()
                .filter(entry -> entry.path().endsWith(".csv"))
                .map(Manifest.Entry::sha256)
                .toList();
    }

    private static List<String> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
