package dev.jangbu.mart.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs logged of one day: the latest run of each job and mart, the latest checks, the latest load.
 *
 * @param steps by start; runs of the report itself are among them
 * @param load the latest load; null where there was none
 */
public record DayLog(
        LocalDate day,
        List<RunStep> steps,
        List<CheckResult> checks,
        @Nullable Load load) {
    private static final String WHOLE = "all";

    /** A load that committed. */
    record Load(Ledger ledger, Instant at) {}

    public DayLog {
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
    }

    /** A day no job has run for; reports of it do not count. */
    public boolean isEmpty() {
        return steps.stream().allMatch(RunStep::isReport) && checks.isEmpty() && load == null;
    }

    /** The contract profile the latest run named; empty where none did. */
    public String profile() {
        return steps.stream()
                .flatMap(step -> Stream.of(step.text("profile"), step.text("contract")))
                .filter(profile -> !profile.isEmpty())
                .reduce("", (earlier, later) -> later);
    }

    /** Rows the latest load left in the table; null where the day was never loaded. */
    public @Nullable Long tableRows() {
        return load == null ? null : load.ledger().inTable();
    }

    /** The checks are newer than what the table holds. */
    public boolean isEarlierLoad() {
        return load != null && !isLoadOfChecks(load);
    }

    /** The books of the latest checks; null where nothing was checked to its end. */
    public @Nullable Ledger ledger() {
        if (load != null && isLoadOfChecks(load)) {
            return load.ledger();
        }
        return step("transform-job").map(DayLog::checkedOnly).orElse(null);
    }

    /** Lines of the latest checks that were read as a replay corrected them; null where no replay did. */
    @Nullable
    Long corrected() {
        return step("transform-job").map(checked -> checked.count("corrected")).orElse(null);
    }

    /** The builds of the marts a day should have, and of any other that ran. */
    public List<BuiltMart> marts(List<String> expected) {
        Map<String, BuiltMart> builds = new LinkedHashMap<>();
        expected.forEach(name -> builds.put(name, new BuiltMart(name, null, null, BuiltMart.MISSING)));
        steps.stream().filter(RunStep::isMart).forEach(step -> builds.put(step.slice(), build(step)));
        return List.copyOf(builds.values());
    }

    /** The runs before the marts and the marts, in order of their start. */
    List<Step> told() {
        List<Step> told = new ArrayList<>();
        for (RunStep step : steps) {
            if (!step.isReport()) {
                told.add(new Step(
                        step.job(),
                        step.slice(),
                        step.status(),
                        step.startedAt(),
                        step.seconds(),
                        step.runId(),
                        PlainText.masked(PlainText.visible(step.message()))));
            }
        }
        return told;
    }

    /** The whole day's run of a job. */
    Optional<RunStep> step(String job) {
        return steps.stream()
                .filter(step -> step.job().equals(job) && step.slice().equals(WHOLE))
                .findFirst();
    }

    private boolean isLoadOfChecks(Load made) {
        return step("transform-job")
                .map(checked -> made.at().isAfter(checked.startedAt()))
                .orElse(true);
    }

    private BuiltMart build(RunStep step) {
        boolean isStale = load != null && step.isDone() && step.startedAt().isBefore(load.at());
        return new BuiltMart(
                step.slice(), step.count("rows"), step.seconds(), isStale ? BuiltMart.STALE : step.status());
    }

    private static @Nullable Ledger checkedOnly(RunStep transform) {
        Long lines = transform.count("lines");
        Long clean = transform.count("rows");
        Long rejected = transform.count("rejected");
        if (lines == null || clean == null || rejected == null) {
            return null;
        }
        return Ledger.ofChecks(lines, clean, rejected, reasons(transform.facts().get("rejected_by_reason")));
    }

    private static Map<String, Long> reasons(@Nullable Object fact) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        if (fact instanceof Map<?, ?> byName) {
            byName.forEach((name, count) -> {
                if (count instanceof Number number) {
                    reasons.put(String.valueOf(name), number.longValue());
                }
            });
        }
        return reasons;
    }
}
