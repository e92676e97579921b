package dev.jangbu.spark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.spark.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanEventsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final Event LAST = Event.of("purchase U2 S2 2026-01-15T23:59:59.999 ios")
            .withProducts("[{\"product_id\": \"P1\", \"quantity\": 1, \"unit_price\": 5}]");
    private static final Event FIRST = Event.of("click U1 S1 2026-01-15T00:00:00 web P0001");

    @TempDir
    Path workspace;

    private CleanDay day;

    @BeforeEach
    void aDay() {
        day = new CleanDay(workspace, DAY);
    }

    @Test
    void everyColumnIsReadAsItIsFromAllFiles() {
        assertThat(rows(day.file(FIRST).file(LAST).publish()))
                .containsExactly(
                        FIRST.id() + "|click|U1|S1|2026-01-15 00:00:00|web|P0001|NULL|2026-01-15",
                        LAST.id() + "|purchase|U2|S2|2026-01-15 23:59:59.999|ios|NULL|" + LAST.products()
                                + "|2026-01-15");
    }

    @Test
    void textsWithQuotesCommasAndLineBreaksTearNoRow() {
        Manifest manifest = day.file("search_query", "a \"b\", c\n\nd\r\ne", List.of(FIRST, LAST))
                .publish();
        assertThat(rows(manifest)).hasSize(2).anyMatch(row -> row.startsWith(LAST.id() + "|purchase|U2"));
    }

    @Test
    void anEmptyDayHasNoEvents() {
        assertThat(rows(day.publish())).isEmpty();
        assertThat(rows(new CleanDay(workspace, DAY.plusDays(1)).file().publish()))
                .isEmpty();
    }

    @Test
    void aFileThatWasChangedIsRefused() throws IOException {
        Manifest manifest = day.file(FIRST).publish();
        Path file = day.folder().resolve(manifest.files().get(0));
        Files.writeString(file, Files.readString(file).replace("U1", "U9"));
        CheckedFiles files = new CheckedFiles(day.folder(), manifest, "run transform-job again");
        assertThatThrownBy(files::requireUnchanged)
                .isInstanceOf(JobFailure.class)
                .hasMessage(file + ": sha256 " + CheckedFiles.digest(file) + " (expected: "
                        + manifest.files().get(0).sha256() + ", as "
                        + day.folder().manifestFile() + " says); run transform-job again");
    }

    @Test
    void otherThanTheManifestsRowsAreRefused() {
        Manifest.Entry entry = day.file(FIRST, LAST).entries().get(0);
        Manifest manifest = day.publishAs(List.of(new Manifest.Entry(entry.path(), 3, entry.bytes(), entry.sha256())));
        assertThatThrownBy(() -> rows(manifest))
                .hasRootCauseInstanceOf(JobFailure.class)
                .hasRootCauseMessage(day.folder().resolve(entry).toUri()
                        + ": 2 rows (expected: 3, as its manifest says); run transform-job again");
    }

    private List<String> rows(Manifest manifest) {
        CheckedFiles files = new CheckedFiles(
                new CleanDay(workspace, manifest.businessDate()).folder(), manifest, "run transform-job again");
        files.requireUnchanged();
        Dataset<Row> events = new CleanEvents(TestSpark.session(), files).keep();
        try {
            return TestSpark.rows(events.orderBy("occurred_at")
                    .withColumn("occurred_at", events.col("occurred_at").cast("STRING")));
        } finally {
            events.unpersist(true);
        }
    }
}
