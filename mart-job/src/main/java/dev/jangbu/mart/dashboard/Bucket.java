package dev.jangbu.mart.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Days drawn as one mark: a day, a week from Monday or a month, so that a chart of years stays readable. Values are
 * means per day, so that a bucket cut off by the range is no lower than its neighbours.
 */
record Bucket(List<DashboardDay> days) {
    private static final int MOST_DAYS = 100;
    private static final int MOST_DAYS_OF_WEEKS = 740;
    private static final int MOST_DAYS_OF_LINES = 1_500;

    /** How many days a mark stands for. */
    enum Span {
        DAY,
        WEEK,
        MONTH;

        /** For bars, which need room. */
        static Span ofBars(int days) {
            return of(days, MOST_DAYS_OF_WEEKS);
        }

        /** For a line, which needs less. */
        static Span ofLine(int days) {
            return of(days, MOST_DAYS_OF_LINES);
        }

        private static Span of(int days, int mostOfWeeks) {
            if (days <= MOST_DAYS) {
                return DAY;
            }
            return days <= mostOfWeeks ? WEEK : MONTH;
        }

        private LocalDate start(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }
    }

    Bucket {
        days = List.copyOf(days);
    }

    /** Its day, or its first and last. */
    String when() {
        return days.size() == 1 ? first().toString() : first() + " – " + last();
    }

    static List<Bucket> of(List<DashboardDay> days, Span span) {
        Map<LocalDate, List<DashboardDay>> groups = new LinkedHashMap<>();
        days.forEach(day -> groups.computeIfAbsent(span.start(day.day()), start -> new ArrayList<>())
                .add(day));
        return groups.values().stream().map(Bucket::new).toList();
    }

    /** The days in at most so many groups of equal length. */
    static List<Bucket> atMost(List<DashboardDay> days, int most) {
        int size = (days.size() + most - 1) / most;
        List<Bucket> buckets = new ArrayList<>();
        for (int start = 0; start < days.size(); start += size) {
            buckets.add(new Bucket(days.subList(start, Math.min(days.size(), start + size))));
        }
        return buckets;
    }

    LocalDate first() {
        return days.get(0).day();
    }

    LocalDate last() {
        return days.get(days.size() - 1).day();
    }

    /** The mean of the days that have the value; null where none has. */
    @Nullable
    BigDecimal mean(Function<DashboardDay, @Nullable BigDecimal> value) {
        List<BigDecimal> values =
                days.stream().map(value).filter(Objects::nonNull).toList();
        if (values.isEmpty()) {
            return null;
        }
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(values.size()), 2, RoundingMode.HALF_UP);
    }

    /** The lowest pass rate of a check in these days; null where it was never counted. */
    @Nullable
    BigDecimal lowestPassRate(String check) {
        return days.stream()
                .map(day -> day.check(check))
                .filter(Objects::nonNull)
                .map(found -> found.passRate())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
