package dev.jangbu.mart.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobDayTest {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final Instant START = Instant.parse("2026-01-15T15:10:00Z");

    @Test
    void theLatestRunOfASliceCounts() {
        List<JobDay> days = JobDay.of(
                List.of(
                        run("load-job", "all", RunState.FAILED, 0, null),
                        run("load-job", "all", RunState.DONE, 60, 8L)),
                dataset -> 4);

        assertThat(days).hasSize(1);
        assertThat(days.get(0).stateText()).isEqualTo("done");
        assertThat(days.get(0).rows()).isEqualTo(8L);
        assertThat(days.get(0).startedAt()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void martsAreFoldedIntoCountsAndReportsAreNot() {
        List<JobDay> days = JobDay.of(
                List.of(
                        run("mart-job", "mart_a", RunState.DONE, 0, 3L),
                        run("mart-job", "mart_b", RunState.FAILED, 1, null),
                        run("mart-job", "mart_c", RunState.RUNNING, 1, null),
                        run("mart-job", "report", RunState.DONE, 5, null)),
                dataset -> 4);

        assertThat(days).extracting(JobDay::line).containsExactly("mart-job", "mart-job report");
        assertThat(days).extracting(JobDay::job).containsExactly("mart-job", "mart-job");
        assertThat(days).extracting(JobDay::stateText).containsExactly("1/4 done, 1 failed, 1 running", "done");
        assertThat(days.get(0).state()).isEqualTo(RunState.FAILED);
        assertThat(days.get(0).has(RunState.RUNNING)).isTrue();
        assertThat(days.get(0).has(RunState.LOST)).isFalse();
        assertThat(days.get(0).rows()).isEqualTo(3L);
        assertThat(days.get(1).rows()).isNull();
    }

    @Test
    void secondsOfMartsSideBySideAreCountedOnce() {
        List<JobDay> days = JobDay.of(
                List.of(
                        run("mart-job", "mart_a", RunState.DONE, 0, 3L),
                        run("mart-job", "mart_b", RunState.DONE, 1, 4L)),
                dataset -> 2);

        assertThat(days.get(0).stateText()).isEqualTo("2/2 done");
        assertThat(days.get(0).seconds()).isEqualByComparingTo("3");
        assertThat(days.get(0).rows()).isEqualTo(7L);
    }

    @Test
    void datesComeNewestFirstAndTheirJobsInTheOrderTheyBegan() {
        JobRun before = new JobRun(
                "r", "load-job", "events", "all", DAY.minusDays(1), "1", RunState.DONE, 1L, null, START, 0, "");
        List<JobDay> days = JobDay.of(
                List.of(
                        before,
                        run("extract-job", "all", RunState.DONE, 9, 1L),
                        run("transform-job", "all", RunState.DONE, 10, 1L)),
                dataset -> 0);

        assertThat(days)
                .extracting(day -> day.businessDate() + " " + day.line())
                .containsExactly("2026-01-15 extract-job", "2026-01-15 transform-job", "2026-01-14 load-job");
        assertThat(days.get(2).seconds()).isNull();
    }

    @Test
    void aLineWithoutARunIsRefused() {
        assertThatThrownBy(() -> new JobDay(DAY, "events", "load-job", List.of(), 1))
                .hasMessage("load-job 2026-01-15: no run (expected: 1 or more)");
    }

    private static JobRun run(String job, String slice, RunState state, int second, @Nullable Long rows) {
        return new JobRun(
                job + slice + second,
                job,
                "events",
                slice,
                DAY,
                "1",
                state,
                rows,
                new BigDecimal("2"),
                START.plusSeconds(second),
                0,
                "");
    }
}
