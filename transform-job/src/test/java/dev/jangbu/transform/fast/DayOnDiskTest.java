package dev.jangbu.transform.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.testkit.EventLines;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.BackgroundForce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day that is too large for the heap is judged as one that is not; {@link EngineTest} holds both to the plain one. */
class DayOnDiskTest {
    private static final Contract CONTRACT = ContractReader.read("test", "default");

    @TempDir
    private Path folder;

    /** From the first line on, after the first part, never. */
    @ParameterizedTest
    @ValueSource(longs = {0, 100_000, Long.MAX_VALUE})
    void bytesAreTheSameWhereverMemoryEnds(long memory) throws Exception {
        EventLines lines = new EventLines(11);
        List<byte[]> parts = List.of(lines.file(3_000, 10), new byte[0], lines.file(2_000, 10), lines.file(500, 50));

        assertThat(onDisk(parts, memory)).isEqualTo(Days.fast(CONTRACT, parts, folder));
    }

    @Test
    void idsAreComparedAcrossParts() throws Exception {
        List<byte[]> parts = List.of(
                part(2_000, id -> view(id, "S" + id)),
                part(2_000, id -> view(id % 2 == 0 ? id : 2_000 + id, "T" + id)),
                part(2_000, id -> view(id, "U" + id)));
        Days days = onDisk(parts, 0);

        assertThat(days.counts()).contains("unique_event_id 6000 3000");
        assertThat(days.rejected().stream().map(rejected -> rejected.lines().count()))
                .containsExactly(0L, 1_000L, 2_000L);
        assertThat(days).isEqualTo(Days.fast(CONTRACT, parts, folder));
    }

    @Test
    void oneSessionMayHaveAllEvents() throws Exception {
        List<byte[]> parts = List.of(part(3_000, id -> view(id, "S1")), part(3_000, id -> view(3_000 + id, "S1")
                .replace("web", "ios")));
        Days days = onDisk(parts, 0);

        assertThat(days.counts()).contains("funnel_sequence 1 0", "platform_device 6000 3000");
        assertThat(days.flagged().get(1).lines().count()).isEqualTo(3_000);
        assertThat(days).isEqualTo(Days.fast(CONTRACT, parts, folder));
    }

    @Test
    void allIdsMayBeTheSame() throws Exception {
        List<byte[]> parts = List.of(part(3_000, id -> view(7, "S" + id)), part(3_000, id -> view(7, "S" + id)));
        Days days = onDisk(parts, 0);

        assertThat(days.counts()).contains("unique_event_id 6000 5999", "funnel_sequence 3000 0");
        assertThat(days.clean().get(0).lines()).hasSize(1);
        assertThat(days).isEqualTo(Days.fast(CONTRACT, parts, folder));
    }

    @Test
    void fullDiskIsTold() throws Exception {
        List<LandingPart> landing = Days.landing(List.of(part(2_000, id -> view(id, "S" + id))), folder);
        Path work = Files.createDirectory(folder.resolve("work"));
        for (int file = 0; file < HashedFiles.COUNT; file++) {
            Files.createSymbolicLink(work.resolve("ids-" + file), Path.of("/dev/full"));
        }
        EventChecker checker = new EventChecker(CONTRACT, BusinessCalendar.seoul(), Days.DAY);
        try (BackgroundForce force = new BackgroundForce()) {
            DayOnDisk day = new DayOnDisk(new DayReading(
                    CONTRACT,
                    checker,
                    () -> new BlockParser(CONTRACT, BusinessCalendar.seoul(), Days.DAY, checker),
                    landing,
                    new DayFiles(folder, folder, work),
                    force,
                    Progress.none()));

            assertThatThrownBy(() -> day.run(work))
                    .isInstanceOf(JobFailure.class)
                    .hasMessage("cannot work in " + work + ": no space left on the disk; free some and run again");
        }
    }

    private Days onDisk(List<byte[]> parts, long memory) throws Exception {
        return Days.onDisk(CONTRACT, Days.landing(parts, folder), folder, 0, memory);
    }

    private static byte[] part(int lines, IntFunction<String> line) {
        return IntStream.range(0, lines)
                .mapToObj(line)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String view(int id, String session) {
        return String.format(
                "{\"event_id\":\"00000000-0000-4000-8000-%012x\",\"event_type\":\"page_view\",\"user_id\":\"U1\","
                        + "\"session_id\":\"%s\",\"timestamp\":\"2026-01-15T10:00:00\",\"platform\":\"web\","
                        + "\"device_type\":\"tablet\",\"page_url\":\"/\",\"page_type\":\"home\"}",
                id, session);
    }
}
