package dev.jangbu.kit.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayFolderTest {
    private static final LocalDate DS = LocalDate.of(2026, 1, 15);

    @TempDir
    private Path root;

    private DayFolder folder = new DayFolder("landing", "events", "all", DS, Path.of("."));

    @BeforeEach
    void day() {
        folder = new Workspace(root).landing("events", "all", DS);
    }

    @Test
    void theWholeDayLiesInTheDaysFolderAndASliceBelowIt() {
        Workspace workspace = new Workspace(root);

        assertThat(workspace.clean("orders", "all", DS).path()).isEqualTo(root.resolve("clean/orders/2026-01-15"));
        assertThat(workspace.clean("orders", "shop-1", DS).path())
                .isEqualTo(root.resolve("clean/orders/2026-01-15/shop-1"));
        assertThat(workspace.qualityReport("events", "all", DS))
                .isEqualTo(root.resolve("reports/quality/events/2026-01-15.json"));
        assertThat(workspace.qualityReport("events", "shop-1", DS))
                .isEqualTo(root.resolve("reports/quality/events/2026-01-15.shop-1.json"));
        assertThat(workspace.runReport(DS)).isEqualTo(root.resolve("reports/run/2026-01-15.json"));
    }

    @Test
    void whatIsPublishedIsReadBack() throws IOException {
        Manifest manifest = publish("20260116T000000000Z-00000001", "one\n");

        assertThat(folder.read("run extract-job first")).isEqualTo(manifest);
        assertThat(Files.readString(folder.manifestFile()))
                .contains("\"business_date\" : \"2026-01-15\"")
                .contains("\"window_from\" : \"2026-01-14T15:00:00Z\"");
    }

    @Test
    void withdrawnDayIsRefusedWithTheReasonUntilPublishedAgain() throws IOException {
        publish("20260116T000000000Z-00000001", "one\n");

        folder.withdraw("the day did not pass its checks");

        assertThatThrownBy(() -> folder.read("run it again"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("no landing for events 2026-01-15 in " + folder.path()
                        + ": the day did not pass its checks; run it again");
        Manifest manifest = publish("20260116T000000001Z-00000002", "two\n");
        assertThat(folder.read("run it again")).isEqualTo(manifest);
    }

    @Test
    void halfWrittenThingsAreRemovedAndNothingElse() throws IOException {
        publish("20260116T000000000Z-00000001", "one\n");
        try (WorkFolder ended = WorkFolder.make(folder.workFolder("20260116T000000000Z-00000001"))) {
            Files.writeString(ended.path().resolve("ids"), "half");
        }
        assertThat(folder.workFolder("20260116T000000000Z-00000001")).doesNotExist();
        WorkFolder killed = WorkFolder.make(folder.workFolder("20260116T000000001Z-00000002"));
        Files.writeString(killed.path().resolve("ids"), "half");
        Path half = folder.newRunFolder("20260116T000000001Z-00000002");

        folder.removeHalfWritten();

        assertThat(killed.path()).doesNotExist();
        assertThat(half).exists();
        assertThat(folder.read("run it again").rows()).isEqualTo(1);
    }

    @Test
    void aRunThatPublishesNothingChangesNothing() throws IOException {
        Manifest manifest = publish("20260116T000000000Z-00000001", "one\n");

        Path half = folder.newRunFolder("20260116T000000001Z-00000002");
        Files.writeString(half.resolve("part-00000.jsonl"), "half");

        assertThat(folder.read("run extract-job first")).isEqualTo(manifest);
    }

    @Test
    void theRunBeforeIsKeptAndOlderOnesGo() throws IOException {
        publish("20260116T000000000Z-00000001", "one\n");
        publish("20260116T000000001Z-00000002", "two\n");
        publish("20260116T000000002Z-00000003", "three\n");

        try (Stream<Path> children = Files.list(folder.path())) {
            assertThat(children.map(child -> child.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "20260116T000000001Z-00000002", "20260116T000000002Z-00000003", "manifest.json");
        }
    }

    @Test
    void aMissingDayNamesTheRemedy() {
        assertThatThrownBy(() -> folder.read("run extract-job first"))
                .isInstanceOf(JobFailure.class)
                .hasMessage("no landing for events 2026-01-15 in " + folder.path() + "; run extract-job first");
    }

    @Test
    void aMissingOrShortFileIsNamed() throws IOException {
        Manifest manifest = publish("20260116T000000000Z-00000001", "one\n");
        Path file = folder.resolve(manifest.files().get(0));
        Files.writeString(file, "o");
        assertThatThrownBy(() -> folder.read("run extract-job again"))
                .hasMessage(
                        file + ": 1 bytes (expected: 4, as " + folder.manifestFile() + " says); run extract-job again");

        Files.delete(file);
        assertThatThrownBy(() -> folder.read("run extract-job again"))
                .hasMessage(file + ": missing, though " + folder.manifestFile() + " names it; run extract-job again");
    }

    @Test
    void aManifestThatIsNoManifestIsNamed() throws IOException {
        Files.createDirectories(folder.path());
        Files.writeString(folder.manifestFile(), "{\"job\":");

        assertThatThrownBy(() -> folder.read("run extract-job again"))
                .hasMessage(folder.manifestFile() + ": not a manifest this version reads; run extract-job again");
    }

    @Test
    void aManifestCannotNameAFileOutsideItsFolder() {
        Manifest.Entry outside = new Manifest.Entry("../../../etc/passwd", 1, 1, "");

        assertThatThrownBy(() -> folder.resolve(outside)).hasMessageContaining("names a file outside its folder");
    }

    @Test
    void rowsMustBeTheSumOfTheFiles() {
        assertThatThrownBy(() -> manifest("run", 2, List.of(new Manifest.Entry("a", 1, 1, ""))))
                .hasMessage("rows: 2 (expected: 1, the sum of its files)");
    }

    @Test
    void aWorkspaceThatCannotBeWrittenIsOneLine() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(
                        () -> new Workspace(file).landing("events", "all", DS).newRunFolder("run"))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("cannot write " + file + "/landing/events/2026-01-15/run: ");
    }

    @Test
    void theManifestIsReadWithoutItsFilesBeingThere() throws IOException {
        assertThat(folder.manifest()).isEmpty();
        Manifest manifest = publish("20260116T000000000Z-00000000", "a line\n");
        Files.delete(folder.resolve(manifest.files().get(0)));

        assertThat(folder.manifest()).contains(manifest);
    }

    @Test
    void onlyPartsOfLateFilesSayWhichFileTheyAreOf() throws IOException {
        Manifest manifest = publish("20260116T000000000Z-00000000", "a line\n");
        Manifest.Entry part = manifest.files().get(0);
        folder.publish(manifest(manifest.runId(), 1, List.of(part.ofLateInput("f00d"))));

        assertThat(Files.readString(folder.manifestFile())).contains("\"late_input\" : \"f00d\"");
        assertThat(folder.manifest().orElseThrow().files()).containsExactly(part.ofLateInput("f00d"));
        assertThat(part.ofLateInput("f00d").isLate()).isTrue();

        folder.publish(manifest);
        assertThat(Files.readString(folder.manifestFile())).doesNotContain("late");
        assertThat(folder.manifest().orElseThrow().files().get(0).isLate()).isFalse();
    }

    @Test
    void theBooksOfACleanDayNameEveryFileAndADayWithoutOne() {
        Manifest.Entry file = new Manifest.Entry(
                "run/part-00000.csv", 3, 9, "a", Map.of("lines", 5L, "rejected", 2L, "rejected.value_range", 2L));

        assertThat(CheckedFile.of(manifest("20260116T000000000Z-00000000", 3, List.of(file))))
                .containsExactly(new CheckedFile("run/part-00000.csv", 5, 3, 2, Map.of("value_range", 2L), "a"));
        assertThat(CheckedFile.of(manifest("20260116T000000000Z-00000000", 0, List.of())))
                .containsExactly(new CheckedFile("(no file)", 0, 0, 0, Map.of(), ""));
    }

    private Manifest publish(String runId, String content) throws IOException {
        Files.writeString(folder.newRunFolder(runId).resolve("part-00000.jsonl"), content);
        Manifest manifest = manifest(
                runId,
                1,
                List.of(new Manifest.Entry(
                        runId + "/part-00000.jsonl", 1, content.length(), "ab", Map.of("lines", 1L))));
        folder.publish(manifest);
        return manifest;
    }

    private static Manifest manifest(String runId, long rows, List<Manifest.Entry> files) {
        return new Manifest(
                "extract-job",
                "events",
                "all",
                DS,
                "files",
                "default",
                rows,
                files.stream().mapToLong(Manifest.Entry::bytes).sum(),
                files,
                Instant.parse("2026-01-14T15:00:00Z"),
                Instant.parse("2026-01-15T15:00:00Z"),
                Map.of("other_days", 3L),
                "0.1.0",
                runId,
                1,
                Instant.parse("2026-01-16T00:00:00Z"));
    }
}
