package dev.jangbu.mart.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.report.PlainText;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTextTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String HOSTILE = "값\u001b[2J\n" + "가나다라".repeat(60);

    @Test
    void theLargestValuesFitTheScreenAndForgeNoLine() {
        List<JobRun> runs = largest();

        List<String> lines =
                new ArrayList<>(new JobListText(SEOUL, new Ink(false)).lines(JobDay.of(runs, dataset -> 1_000_000)));
        lines.addAll(show(runs, new Ink(false)));

        assertThat(lines).allSatisfy(line -> {
            assertThat(PlainText.width(line)).as(line).isLessThanOrEqualTo(Terminal.COLUMNS);
            assertThat(line).doesNotContain("\u001b", "\n");
        });
    }

    @Test
    void colourChangesNoLetter() {
        List<String> plain = show(largest(), new Ink(false));
        List<String> coloured = show(largest(), new Ink(true));

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void nothingIsSaidInOneLine() {
        assertThat(new JobListText(SEOUL, new Ink(false)).lines(List.of())).containsExactly("no runs");
        assertThat(show(List.of(), new Ink(false))).containsExactly("no runs of 2026-01-15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|exit 0: done",
                "1|exit 1: failed; nothing half done",
                "2|exit 2: bad arguments or settings, or an unmigrated database",
                "10|exit 10: the day's data did not pass its checks",
                "11|exit 11: the database or a source stayed away",
                "12|exit 12: another run holds this slice",
                "143|exit 143: asked to stop",
                "77|exit 77: unknown",
            })
    void anExitCodeIsToldInWords(int code, String words) {
        assertThat(ExitMeaning.of(code)).isEqualTo(words);
    }

    private static List<String> show(List<JobRun> runs, Ink ink) {
        SummaryFiles files = new SummaryFiles(new Workspace(Path.of("nowhere")), runs);
        return new JobRunsText(SEOUL, ink, files).lines(DAY, runs);
    }

    private static List<JobRun> largest() {
        List<JobRun> runs = new ArrayList<>();
        for (RunState state : RunState.values()) {
            runs.add(new JobRun(
                    state.word(),
                    "mart-job",
                    HOSTILE,
                    HOSTILE + state,
                    DAY,
                    HOSTILE,
                    state,
                    Long.MAX_VALUE,
                    new BigDecimal("123456789.123"),
                    Instant.EPOCH,
                    143,
                    PlainText.visible(HOSTILE)));
        }
        return runs;
    }
}
