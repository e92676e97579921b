package dev.jangbu.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final Instant NOW = Instant.parse("2026-01-16T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void whatKilledRunsLeftGoesAfterADayAndNothingElse() throws IOException {
        make("blockmgr-1", 25);
        make("spark-2", 25);
        make("blockmgr-3", 23);
        make("kept-4", 25);

        Scratch.tidy(folder, NOW.minusSeconds(24 * 3600));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("blockmgr-3", "kept-4");
        }
    }

    @Test
    void withoutASettingNothingIsLookedAt() {
        Scratch.tidy(NOW);
        Scratch.tidy(folder.resolve("none"), NOW);
        assertThat(folder).isEmptyDirectory();
    }

    private void make(String name, int hours) throws IOException {
        Path child = Files.createDirectory(folder.resolve(name));
        Files.writeString(Files.createDirectory(child.resolve("0c")).resolve("shuffle_0_0_0.data"), "rows");
        Files.setLastModifiedTime(child, FileTime.from(NOW.minusSeconds(hours * 3600L)));
    }
}
