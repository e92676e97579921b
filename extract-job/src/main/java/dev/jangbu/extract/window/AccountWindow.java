package dev.jangbu.extract.window;

import dev.jangbu.extract.account.Account;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The time an account's extraction is asked for. How far a source looks back before it, because records show up late, is
 * the source's own matter.
 *
 * @param businessDate the run is for
 * @param from what was loaded before, inclusive: the watermark, or the start of a first load
 * @param to exclusive; becomes the watermark once the window is loaded
 * @param isReconcile everything of the last {@value #RECONCILED_DAYS} days is read again
 * @param isFirst everything from {@code from} on is read by its own date: there is nothing that could merely have changed
 */
public record AccountWindow(
        Account account,
        LocalDate businessDate,
        Instant from,
        Instant to,
        boolean isReconcile,
        boolean isFirst,
        BusinessCalendar calendar) {
    /** So long the platforms may take to show what was written. */
    static final Duration SETTLE = Duration.ofMinutes(2);

    static final int RECONCILED_DAYS = 90;

    /** How far back a first load goes by itself. */
    static final int FIRST_DAYS = 90;

    public AccountWindow {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: " + to + " (expected: " + from + " or later)");
        }
    }

    /**
     * The window of a run at an instant.
     *
     * @param watermark null before the first load
     * @throws JobFailure with {@link ExitCode#USAGE} when the asked first day would leave a gap after the watermark
     */
    static AccountWindow of(
            Account account,
            WindowOptions options,
            LocalDate businessDate,
            @Nullable Instant watermark,
            BusinessCalendar calendar,
            Instant now) {
        Instant to = to(options, calendar, now.minus(SETTLE));
        Instant from = from(options, businessDate, watermark, calendar);
        boolean isFirst = watermark == null || options.fromDate() != null;
        return new AccountWindow(
                account,
                businessDate,
                from.isAfter(to) ? to : from,
                to,
                options.isReconcile(),
                isFirst && !options.isReconcile(),
                calendar);
    }

    private static Instant to(WindowOptions options, BusinessCalendar calendar, Instant settled) {
        LocalDate lastDay = options.toDate();
        Instant end = lastDay == null ? settled : calendar.endOf(lastDay);
        return end.isBefore(settled) ? end : settled;
    }

    private static Instant from(
            WindowOptions options, LocalDate businessDate, @Nullable Instant watermark, BusinessCalendar calendar) {
        LocalDate firstDay = options.fromDate();
        if (firstDay != null) {
            Instant start = calendar.startOf(firstDay);
            if (watermark != null && watermark.isBefore(start)) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--from-date: " + firstDay + " (expected: " + LocalDate.ofInstant(watermark, calendar.zone())
                                + " or earlier: what comes after it is not loaded yet)");
            }
            return start;
        }
        if (options.isReconcile()) {
            Instant start = calendar.startOf(businessDate.minusDays(RECONCILED_DAYS));
            return watermark != null && watermark.isBefore(start) ? watermark : start;
        }
        return watermark == null ? calendar.startOf(businessDate.minusDays(FIRST_DAYS)) : watermark;
    }

    /** The first business date of the window, when it begins so much earlier. */
    public LocalDate firstDay(Duration lookback) {
        return LocalDate.ofInstant(from.minus(lookback), calendar.zone());
    }

    /** The business date of the window's last instant. */
    public LocalDate lastDay() {
        LocalDate last = LocalDate.ofInstant(to.minusNanos(1), calendar.zone());
        LocalDate first = LocalDate.ofInstant(from, calendar.zone());
        return last.isBefore(first) ? first : last;
    }
}
