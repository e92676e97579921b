package dev.jangbu.mart.gaps;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gaps of a range of days.
 *
 * @param days all that were asked for, ascending, at least one
 * @param running days a job works on now: no gaps yet
 * @param notDue days that are not over, and that no job has run for
 */
record Gaps(String dataset, List<LocalDate> days, List<Gap> gaps, List<LocalDate> running, List<LocalDate> notDue) {
    Gaps {
        days = List.copyOf(days);
        gaps = List.copyOf(gaps);
        running = List.copyOf(running);
        notDue = List.copyOf(notDue);
    }

    LocalDate from() {
        return days.get(0);
    }

    LocalDate to() {
        return days.get(days.size() - 1);
    }

    List<GapRange> ranges() {
        return GapRange.of(gaps);
    }

    /** {@code 3 gaps in 31 days}. */
    String title() {
        return gaps.isEmpty()
                ? "no gaps in " + count(days.size(), "day")
                : count(gaps.size(), "gap") + " in " + count(days.size(), "day");
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** For programs: the last line. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("from", from().toString());
        summary.put("to", to().toString());
        summary.put("days", days.size());
        summary.put("gaps", gaps.size());
        for (GapKind kind : GapKind.values()) {
            summary.put(
                    kind.word(),
                    gaps.stream()
                            .filter(gap -> gap.kind() == kind)
                            .map(gap -> Map.of("ds", gap.day().toString(), "what", gap.what(), "why", gap.why()))
                            .toList());
        }
        summary.put("running", running.stream().map(LocalDate::toString).toList());
        summary.put("not_due", notDue.stream().map(LocalDate::toString).toList());
        summary.put("repairs", ranges().stream().map(Gaps::repair).toList());
        return summary;
    }

    private static Map<String, Object> repair(GapRange range) {
        Map<String, Object> repair = new LinkedHashMap<>();
        repair.put("from", range.from().toString());
        repair.put("to", range.to().toString());
        repair.put("kind", range.first().kind().word());
        repair.put("what", range.first().what());
        repair.put("command", range.command());
        return repair;
    }
}
