package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A shop's days as a person would meet them: a week's rhythm, few failures, the same for the same seed. */
final class SampleDays {
    static final LocalDate LAST = LocalDate.parse("2026-01-30");
    static final Instant WRITTEN_AT = Instant.parse("2026-01-31T00:05:00Z");

    private static final BigDecimal THRESHOLD = new BigDecimal("0.99");
    private static final double[] WEEK = {0.80, 0.85, 0.90, 0.90, 1.00, 1.30, 1.20};

    private final SplittableRandom random;

    private SampleDays(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** So many days up to {@link #LAST}; of thirty, the 12th and the 23rd fail. */
    static Dashboard dashboard(int count) {
        SampleDays sample = new SampleDays(7);
        List<DashboardDay> days = new ArrayList<>();
        for (int back = count - 1; back >= 0; back--) {
            days.add(sample.day(LAST.minusDays(back), isFailing(back)));
        }
        return new Dashboard("events", days, "0.1.0", WRITTEN_AT);
    }

    private static boolean isFailing(int back) {
        return back % 59 == 18 || back % 53 == 7;
    }

    private DashboardDay day(LocalDate day, boolean isFailing) {
        long lines = Math.round(164_000 * WEEK[day.getDayOfWeek().getValue() - 1] * random.nextDouble(0.9, 1.1));
        long incomplete = share(lines, 0.0016);
        long repeated = share(lines, 0.0016);
        long outOfRange = isFailing ? Math.round(lines * 0.021) : share(lines, 0.0016);
        long wrongTime = share(lines, 0.0016);
        long wrongAmount = share(lines / 50, 0.004);
        Map<String, Long> rejected = Map.of(
                "required_fields", incomplete,
                "unique_event_id", repeated,
                "value_range", outOfRange,
                "timestamp_valid", wrongTime,
                "order_amount", wrongAmount);
        long refused = incomplete + repeated + outOfRange + wrongTime + wrongAmount;
        long readable = lines - 3;
        long sessions = lines / 11;
        List<CheckResult> checks = List.of(
                check("required_fields", "null_check", lines, incomplete),
                check("unique_event_id", "duplicate_check", readable, repeated),
                check("value_range", "range_check", readable, outOfRange),
                check("funnel_sequence", "sequence_check", sessions, share(sessions, 0.004)),
                check("timestamp_valid", "timestamp_check", readable, wrongTime),
                check("order_amount", "integrity_check", lines / 50, wrongAmount),
                check("platform_device", "consistency_check", readable, share(readable, 0.003)));
        if (isFailing) {
            Ledger ledger = new Ledger(lines, lines - refused, refused, rejected, null, null, null);
            return new DashboardDay(day, "default", Verdict.QUALITY_FAILED, null, null, null, checks, ledger, null);
        }
        long clean = lines - refused;
        Ledger ledger = new Ledger(lines, clean, refused, rejected, clean, clean, null);
        long orders = Math.round(clean / 52.0 * random.nextDouble(0.9, 1.1));
        BigDecimal revenue = BigDecimal.valueOf(orders * random.nextInt(58_000, 71_000) / 100 * 100);
        return new DashboardDay(day, "default", Verdict.PASSED, clean, orders, revenue, checks, ledger, null);
    }

    private long share(long whole, double most) {
        return Math.round(whole * random.nextDouble(0, most));
    }

    static CheckResult check(String name, String type, long counted, long failed) {
        BigDecimal rate = counted == 0
                ? BigDecimal.ONE
                : BigDecimal.valueOf(counted - failed).divide(BigDecimal.valueOf(counted), 6, RoundingMode.FLOOR);
        boolean isWarning = name.equals("platform_device");
        boolean isReached = rate.compareTo(THRESHOLD) >= 0;
        return new CheckResult(
                name,
                type,
                counted,
                failed,
                rate,
                THRESHOLD,
                isWarning ? "warn" : "fail",
                isReached ? "pass" : "fail",
                List.of());
    }
}
