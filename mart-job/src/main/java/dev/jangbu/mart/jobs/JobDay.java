package dev.jangbu.mart.jobs;

import dev.jangbu.mart.report.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The latest run of each slice of one job for one business date, folded into a line.
 *
 * @param line the job, as the list names it
 * @param latest the last run of each slice, by start; never empty
 * @param expected how many slices the day should have, 1 or more
 */
record JobDay(LocalDate businessDate, String dataset, String line, List<JobRun> latest, int expected) {
    JobDay {
        latest = List.copyOf(latest);
        if (latest.isEmpty()) {
            throw new IllegalArgumentException(line + " " + businessDate + ": no run (expected: 1 or more)");
        }
    }

    /**
     * Folds runs into lines: the latest business date first, its jobs in the order they began.
     *
     * @param runs in the order they began
     * @param marts how many marts a day of a dataset has
     */
    static List<JobDay> of(List<JobRun> runs, ToIntFunction<String> marts) {
        Map<List<Object>, Map<String, JobRun>> lines = new LinkedHashMap<>();
        for (JobRun run : runs) {
            Map<String, JobRun> slices = lines.computeIfAbsent(
                    List.of(run.businessDate(), run.dataset(), run.line()), line -> new LinkedHashMap<>());
            slices.put(run.slice(), run);
        }
        List<JobDay> days = new ArrayList<>();
        lines.values().forEach(slices -> days.add(folded(List.copyOf(slices.values()), marts)));
        days.sort(Comparator.comparing(JobDay::businessDate).reversed().thenComparing(JobDay::startedAt));
        return List.copyOf(days);
    }

    private static JobDay folded(List<JobRun> slices, ToIntFunction<String> marts) {
        List<JobRun> latest =
                slices.stream().sorted(Comparator.comparing(JobRun::startedAt)).toList();
        JobRun any = latest.get(0);
        int expected = any.isMart() ? Math.max(marts.applyAsInt(any.dataset()), latest.size()) : latest.size();
        return new JobDay(any.businessDate(), any.dataset(), any.line(), latest, expected);
    }

    /** The job it is a line of. */
    String job() {
        return latest.get(0).job();
    }

    /** The worst state of its slices. */
    RunState state() {
        return latest.stream().map(JobRun::state).min(Comparator.naturalOrder()).orElseThrow();
    }

    boolean has(RunState state) {
        return counts().containsKey(state);
    }

    /** How many slices are in each state; a slice that never ran is in none. */
    Map<RunState, Long> counts() {
        Map<RunState, Long> counts = new EnumMap<>(RunState.class);
        latest.forEach(run -> counts.merge(run.state(), 1L, Long::sum));
        return counts;
    }

    /** {@code done}; with several slices {@code 3/4 done, 1 failed}. */
    String stateText() {
        if (expected == 1) {
            return state().word();
        }
        Map<RunState, Long> counts = counts();
        StringBuilder text = new StringBuilder();
        text.append(counts.getOrDefault(RunState.DONE, 0L))
                .append('/')
                .append(expected)
                .append(" done");
        counts.forEach((state, count) -> {
            if (state != RunState.DONE) {
                text.append(", ").append(count).append(' ').append(state.word());
            }
        });
        return text.toString();
    }

    /** The sum over its slices; null where none told. */
    @Nullable
    Long rows() {
        List<Long> told =
                latest.stream().map(JobRun::rows).filter(Objects::nonNull).toList();
        return told.isEmpty()
                ? null
                : Long.valueOf(told.stream().mapToLong(Long::longValue).sum());
    }

    /** The time in which at least one slice was running; null where unknown. */
    @Nullable
    BigDecimal seconds() {
        List<JobRun> timed =
                latest.stream().filter(run -> run.seconds() != null).toList();
        return timed.isEmpty()
                ? null
                : Step.busySeconds(timed.stream().map(JobRun::step).toList());
    }

    /** When the first of its slices began. */
    Instant startedAt() {
        return latest.get(0).startedAt();
    }
}
