package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard shows: every calendar day from the first that is known to the last, days nobody ran among them.
 *
 * @param days ascending, without gaps, never empty
 */
record Dashboard(String dataset, List<DashboardDay> days, String version, Instant writtenAt) {
    Dashboard {
        days = List.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days: none (expected: at least one)");
        }
    }

    /** The known days up to and including {@code to}, gaps filled with days that never ran. */
    static Dashboard of(
            String dataset, SortedMap<LocalDate, DashboardDay> known, LocalDate to, String version, Instant writtenAt) {
        List<DashboardDay> days = new ArrayList<>();
        known.firstKey().datesUntil(to.plusDays(1)).forEach(day -> {
            DashboardDay found = known.get(day);
            days.add(found == null ? DashboardDay.neverRun(day) : found);
        });
        return new Dashboard(dataset, days, version, writtenAt);
    }

    LocalDate from() {
        return days.get(0).day();
    }

    LocalDate to() {
        return latest().day();
    }

    DashboardDay latest() {
        return days.get(days.size() - 1);
    }

    /** The last day that any job has run for. */
    Optional<DashboardDay> latestChecked() {
        return days.stream().filter(day -> day.ledger() != null).reduce((earlier, later) -> later);
    }

    long count(Verdict verdict) {
        return days.stream().filter(day -> day.verdict() == verdict).count();
    }

    long count(Books books) {
        return days.stream().filter(day -> day.books() == books).count();
    }

    /** The share of all calendar days shown that passed, and so are there for analysts. */
    BigDecimal availability() {
        return share(count(Verdict.PASSED), days.size());
    }

    Optional<Long> events() {
        return sum(DashboardDay::events);
    }

    Optional<Long> orders() {
        return sum(DashboardDay::orders);
    }

    /** Absent where no day has revenue, or where days of different profiles would be added up. */
    Optional<BigDecimal> revenue() {
        return isOneProfile()
                ? days.stream()
                        .map(DashboardDay::revenue)
                        .filter(Objects::nonNull)
                        .reduce(BigDecimal::add)
                : Optional.empty();
    }

    /** The profile of all days that name one; empty where there are several or none. */
    String profile() {
        TreeSet<String> profiles = profiles();
        return profiles.size() == 1 ? profiles.first() : "";
    }

    boolean isOneProfile() {
        return profiles().size() <= 1;
    }

    boolean isWon() {
        return Numbers.isWon(profile());
    }

    /** The names of all checks, in their own order. */
    List<String> checkNames() {
        TreeSet<String> names = new TreeSet<>(CheckResult.BY_ORDER);
        days.forEach(day -> day.checks().forEach(check -> names.add(check.name())));
        return List.copyOf(names);
    }

    /** One check over all days. */
    CheckTotal total(String name) {
        return days.stream()
                .map(day -> day.check(name))
                .filter(Objects::nonNull)
                .map(CheckTotal::of)
                .reduce(new CheckTotal(name, 0, 0, 0), CheckTotal::plus);
    }

    /** The books of all days that have them, added up. */
    BookTotal books() {
        return days.stream()
                .map(DashboardDay::ledger)
                .filter(Objects::nonNull)
                .map(BookTotal::of)
                .reduce(new BookTotal(0, 0, 0, 0, 0), BookTotal::plus);
    }

    /** Rejected records of all days by reason. */
    Map<String, Long> rejectedByReason() {
        Map<String, Long> reasons = new TreeMap<>(CheckResult.BY_ORDER);
        days.stream().map(DashboardDay::ledger).filter(Objects::nonNull).forEach(ledger -> ledger.rejectedByReason()
                .forEach((reason, count) -> reasons.merge(reason, count, Long::sum)));
        return reasons;
    }

    /** @param daysFailed days on which the check did not reach its threshold */
    record CheckTotal(String name, long counted, long failed, long daysFailed) {
        static CheckTotal of(CheckResult check) {
            return new CheckTotal(
                    check.name(), check.counted(), check.failed(), check.outcome() == CheckResult.Outcome.PASS ? 0 : 1);
        }

        CheckTotal plus(CheckTotal other) {
            return new CheckTotal(name, counted + other.counted, failed + other.failed, daysFailed + other.daysFailed);
        }

        BigDecimal passRate() {
            return counted == 0 ? BigDecimal.ONE : share(counted - failed, counted);
        }
    }

    /**
     * @param loadable clean rows of the days that were loaded
     * @param inTable rows of those days in the table
     */
    record BookTotal(long lines, long clean, long rejected, long loadable, long inTable) {
        static BookTotal of(Ledger ledger) {
            Long inTable = ledger.inTable();
            return new BookTotal(
                    ledger.lines(),
                    ledger.clean(),
                    ledger.rejected(),
                    inTable == null ? 0 : ledger.clean(),
                    inTable == null ? 0 : inTable);
        }

        BookTotal plus(BookTotal other) {
            return new BookTotal(
                    lines + other.lines,
                    clean + other.clean,
                    rejected + other.rejected,
                    loadable + other.loadable,
                    inTable + other.inTable);
        }
    }

    private Optional<Long> sum(Function<DashboardDay, @Nullable Long> value) {
        return days.stream().map(value).filter(Objects::nonNull).reduce(Long::sum);
    }

    private TreeSet<String> profiles() {
        TreeSet<String> profiles = new TreeSet<>();
        days.stream().map(DashboardDay::profile).filter(name -> !name.isEmpty()).forEach(profiles::add);
        return profiles;
    }

    private static BigDecimal share(long part, long whole) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.FLOOR);
    }
}
