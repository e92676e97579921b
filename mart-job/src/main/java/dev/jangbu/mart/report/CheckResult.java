package dev.jangbu.mart.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;

/**
 * What one check found in a day.
 *
 * @param counted the denominator: lines, records, sessions or purchases, as the check counts
 * @param passRate a share from 0 to 1, never rounded up
 * @param threshold the share at which the check passes
 * @param severity {@code fail}, or {@code warn} where failing does not stop the day
 * @param status the word transform-job wrote
 * @param examples the first failing records; empty where only the log was read
 */
public record CheckResult(
        String name,
        String type,
        long counted,
        long failed,
        BigDecimal passRate,
        BigDecimal threshold,
        String severity,
        String status,
        List<Example> examples) {
    private static final int SCALE = 6;
    private static final List<String> ORDER = List.of(
            "required_fields",
            "unique_event_id",
            "value_range",
            "funnel_sequence",
            "timestamp_valid",
            "order_amount",
            "platform_device");

    /** The checks' own order; checks this version does not know come last, by name. */
    public static final Comparator<String> BY_ORDER =
            Comparator.<String>comparingInt(CheckResult::position).thenComparing(Comparator.<String>naturalOrder());

    /** What a check says about its day. */
    public enum Outcome {
        PASS,
        WARN,
        FAIL
    }

    public CheckResult {
        if (failed < 0 || failed > counted) {
            throw new IllegalArgumentException(name + ": failed " + failed + " (expected: 0.." + counted + ")");
        }
        passRate = passRate.setScale(SCALE, RoundingMode.FLOOR);
        threshold = threshold.setScale(SCALE, RoundingMode.HALF_UP);
        examples = List.copyOf(examples);
    }

    /** Whether the threshold was reached, by the counts and not by the rounded rate. */
    public Outcome outcome() {
        BigDecimal needed = threshold.multiply(BigDecimal.valueOf(counted));
        if (BigDecimal.valueOf(counted - failed).compareTo(needed) >= 0) {
            return Outcome.PASS;
        }
        return severity.equals("warn") || status.equals("warn") ? Outcome.WARN : Outcome.FAIL;
    }

    CheckResult withExamples(List<Example> found) {
        return new CheckResult(name, type, counted, failed, passRate, threshold, severity, status, found);
    }

    /** Without examples: what a dashboard shows holds no records. */
    public CheckResult withoutExamples() {
        return withExamples(List.of());
    }

    private static int position(String name) {
        int position = ORDER.indexOf(name);
        return position < 0 ? ORDER.size() : position;
    }
}
