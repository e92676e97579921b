package dev.jangbu.transform.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.CheckRule;
import dev.jangbu.transform.contract.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * How one check ended, as the quality report says it.
 *
 * @param passRate share from 0 to 1, cut to six decimals, so that it never looks better than it is
 * @param status {@code pass}, {@code fail}, or {@code warn} where the contract only warns, or too few failed to stop a day
 * @param examples the first ten failures
 */
@JsonPropertyOrder({"name", "type", "counted", "failed", "pass_rate", "threshold", "status", "examples"})
public record CheckResult(
        String name,
        String type,
        long counted,
        long failed,
        BigDecimal passRate,
        BigDecimal threshold,
        String status,
        List<Tallies.Example> examples,
        @JsonIgnore Severity severity) {
    private static final int DECIMALS = 6;

    public CheckResult {
        examples = List.copyOf(examples);
    }

    static CheckResult of(Check check, CheckRule rule, Tallies tallies) {
        return of(
                check.id(), check.type(), rule, tallies.counted(check), tallies.failed(check), tallies.examples(check));
    }

    /** @param examples the first ten failures */
    public static CheckResult of(
            String name, String type, CheckRule rule, long counted, long failed, List<Tallies.Example> examples) {
        boolean isMet = rule.isMet(counted, failed);
        String status = isMet ? "pass" : rule.severity().name().toLowerCase(Locale.ROOT);
        return new CheckResult(
                name,
                type,
                counted,
                failed,
                passRate(counted, failed),
                rule.threshold(),
                status,
                examples,
                rule.severity());
    }

    /** The same, told and no more where the day would fail for it. */
    public CheckResult excused() {
        return isFailing()
                ? new CheckResult(name, type, counted, failed, passRate, threshold, "warn", examples, severity)
                : this;
    }

    /** Below its threshold, and the day fails for it. */
    @JsonIgnore
    public boolean isFailing() {
        return "fail".equals(status);
    }

    /** For people: {@code value_range: 98.996 % of 25,000 passed, 251 failed (expected: 99 %): fail}. */
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "%s: %s %% of %,d passed, %,d failed (expected: %s %%): %s",
                name,
                percent(passRate),
                counted,
                failed,
                percent(threshold),
                status);
    }

    private static BigDecimal passRate(long counted, long failed) {
        if (counted == 0) {
            return BigDecimal.ONE.setScale(DECIMALS);
        }
        return BigDecimal.valueOf(counted - failed).divide(BigDecimal.valueOf(counted), DECIMALS, RoundingMode.DOWN);
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
