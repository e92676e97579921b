package dev.jangbu.mart.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A backfill of a range, before anybody ran it.
 *
 * @param days ascending, without gaps, at least one
 */
record Plan(String dataset, List<PlannedDay> days) {
    Plan {
        days = List.copyOf(days);
    }

    LocalDate from() {
        return days.get(0).day();
    }

    LocalDate to() {
        return days.get(days.size() - 1).day();
    }

    long replaced() {
        return days.stream().filter(PlannedDay::isReplaced).count();
    }

    long rows() {
        return days.stream()
                .map(PlannedDay::loaded)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    long marts() {
        return days.stream().mapToLong(PlannedDay::marts).sum();
    }

    long withLateFiles() {
        return days.stream().filter(day -> day.landing().lateFiles() > 0).count();
    }

    long withCorrections() {
        return days.stream().filter(day -> day.landing().hasCorrections()).count();
    }

    long known() {
        return days.stream().map(PlannedDay::seconds).filter(Objects::nonNull).count();
    }

    /** By the last runs; a day without any as the mean of the others. Empty where no day of the range has run. */
    Optional<BigDecimal> seconds() {
        if (known() == 0) {
            return Optional.empty();
        }
        BigDecimal sum = days.stream()
                .map(PlannedDay::seconds)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(sum.multiply(BigDecimal.valueOf(days.size()))
                .divide(BigDecimal.valueOf(known()), 0, RoundingMode.HALF_UP));
    }

    String command() {
        return "make backfill FROM=" + from() + " TO=" + to();
    }

    /** For programs: the last line. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("from", from().toString());
        summary.put("to", to().toString());
        summary.put("days", days.size());
        summary.put("days_replaced", replaced());
        summary.put("days_new", days.size() - replaced());
        summary.put("rows_replaced", rows());
        summary.put("marts", marts());
        summary.put("days_with_late_files", withLateFiles());
        summary.put("days_with_corrections", withCorrections());
        summary.put("estimated_seconds", seconds().orElse(null));
        summary.put("command", command());
        summary.put("plan", days.stream().map(PlannedDay::summary).toList());
        return summary;
    }
}
