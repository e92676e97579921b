package dev.jangbu.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clean files below a URL, and tables that go to one: the folders and manifests are those of a workspace. */
@ExtendWith(PostgresExtension.class)
class StoreAggregationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final Event CLICK = Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001");
    private static final Event SEARCH = Event.of("search U7 S7 2026-01-15T12:00:00 ios");

    @TempDir
    Path workspace;

    @TempDir
    Path store;

    private AggregateRun run;
    private AggregateRun inStore;
    private String url;

    @BeforeEach
    void prepare(TestDatabase database) {
        run = new AggregateRun(database, workspace);
        inStore = new AggregateRun(database, store);
        url = store.toUri().toString();
    }

    @Test
    void theTablesAreThoseOfTheWorkspace() throws IOException {
        new CleanDay(store, DAY).file(CLICK).file(SEARCH).publish();
        assertThat(run.of(DAY, url)).isEqualTo(ExitCode.DONE);
        List<List<String>> fromStore = tables(run);
        new CleanDay(workspace, DAY).file(CLICK).file(SEARCH).publish();
        assertThat(run.of(DAY, "clean", url)).isEqualTo(ExitCode.DONE);
        assertThat(tables(inStore)).isEqualTo(fromStore);
        assertThat(run.of(DAY)).isEqualTo(ExitCode.DONE);
        assertThat(tables(run)).isEqualTo(fromStore);

        Manifest here = run.manifest(DAY);
        Manifest there = inStore.manifest(DAY);
        assertThat(there.files().stream().map(StoreAggregationTest::nameAndRows))
                .containsExactlyElementsOf(here.files().stream()
                        .map(StoreAggregationTest::nameAndRows)
                        .toList());
        assertThat(there.source() + " " + there.counts()).isEqualTo("simulator {events=2}");
    }

    @Test
    void aDayIsReplacedByItsManifestAndNothingElseIsLeft() throws IOException {
        new CleanDay(workspace, DAY).file(CLICK).publish();
        assertThat(run.of(DAY, "clean", url)).isEqualTo(ExitCode.DONE);
        Path day = inStore.folder(DAY).path();
        Files.createDirectories(day.resolve(".20260116T000000000Z-0a0b0c0d.tmp/funnel_conversion"));
        Files.createDirectories(day.resolve("20260116T000000000Z-0a0b0c0d/funnel_conversion"));
        new CleanDay(workspace, DAY).file(SEARCH).publish();
        assertThat(run.of(DAY, "clean", url)).isEqualTo(ExitCode.DONE);

        assertThat(inStore.rows("session_sequences", DAY)).containsExactly("2026-01-15|S7|search|1|0.000000|false");
        try (Stream<Path> children = Files.list(day)) {
            assertThat(children.map(child -> child.getFileName().toString()).filter(name -> !name.endsWith(".crc")))
                    .containsExactlyInAnyOrder(inStore.manifest(DAY).runId(), "manifest.json");
        }
        assertThat(run.folder(DAY).path()).doesNotExist();
    }

    @Test
    void aDayThatIsNotThereOrNotWholeIsRefused() throws IOException {
        assertThat(run.of(DAY, url)).isEqualTo(ExitCode.FAILED);
        String day = url + "clean/events/2026-01-15";
        assertThat(message())
                .isEqualTo("no clean for events 2026-01-15 in " + day
                        + "; copy the day's folder of the workspace there again, its manifest last");

        Manifest manifest = new CleanDay(store, DAY).file(CLICK).publish();
        Path file = new Workspace(store)
                .clean("events", Workspace.WHOLE_DAY, DAY)
                .resolve(manifest.files().get(0));
        String content = Files.readString(file);
        Files.writeString(file, content.replace("U1", "U9"));
        assertThat(run.of(DAY, url)).isEqualTo(ExitCode.FAILED);
        String path = day + "/" + manifest.files().get(0).path();
        assertThat(message())
                .startsWith(path + ": sha256 ")
                .endsWith(
                        " (expected: " + manifest.files().get(0).sha256() + ", as " + day
                                + "/manifest.json says); copy the day's folder of the workspace there again, its manifest last");

        Files.writeString(file, content + "\n");
        assertThat(run.of(DAY, url)).isEqualTo(ExitCode.FAILED);
        assertThat(message()).startsWith(path + ": " + (content.length() + 1) + " bytes (expected: ");
        Files.delete(file);
        assertThat(run.of(DAY, url)).isEqualTo(ExitCode.FAILED);
        assertThat(message()).startsWith(path + ": missing, though " + day + "/manifest.json names it; ");
    }

    private String message() {
        return run.summary().get("message").stringValue();
    }

    /** Without the run's id. */
    private static String nameAndRows(Manifest.Entry entry) {
        return entry.path().replaceFirst("[^/]+/", "") + " " + entry.rows();
    }

    private static List<List<String>> tables(AggregateRun run) {
        return DayAggregation.NAMES.stream()
                .map(table -> run.csv(table, DAY).stream().sorted().toList())
                .toList();
    }
}
