package dev.jangbu.transform.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayOutcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The verdict on a day, as {@code reports/quality/<dataset>/<ds>.json} holds it.
 *
 * @param files of the landing
 * @param counted lines that are not blank; the clean and the rejected ones
 * @param status {@code pass} or {@code fail}
 * @param seconds the checks took
 */
@JsonPropertyOrder({"ds", "files", "counted", "clean", "rejected", "checks", "status", "seconds", "version"})
public record QualityReport(
        @JsonProperty("ds") LocalDate businessDate,
        List<LandingFile> files,
        long counted,
        long clean,
        long rejected,
        List<CheckResult> checks,
        String status,
        BigDecimal seconds,
        String version) {

    /**
     * A file of the landing the verdict is about.
     *
     * @param corrected how many of the counted lines were read as a replay corrected them
     */
    public record LandingFile(String path, String sha256, long counted, long clean, long rejected, long corrected) {}

    public QualityReport {
        files = List.copyOf(files);
        checks = List.copyOf(checks);
    }

    /** @param allowEmpty whether a day without clean events passes */
    public static QualityReport of(
            LocalDate businessDate,
            DayOutcome outcome,
            Contract contract,
            boolean allowEmpty,
            BigDecimal seconds,
            String version) {
        List<CheckResult> checks = Check.ALL.stream()
                .map(check -> CheckResult.of(check, contract.rule(check), outcome.tallies()))
                .toList();
        boolean isFailing = checks.stream().anyMatch(CheckResult::isFailing);
        boolean isEmpty = outcome.clean() == 0 && !allowEmpty;
        return new QualityReport(
                businessDate,
                outcome.parts().stream()
                        .map(part -> new LandingFile(
                                part.landing().name(),
                                part.landing().sha256(),
                                part.lines(),
                                part.clean(),
                                part.rejected(),
                                part.corrected()))
                        .toList(),
                outcome.lines(),
                outcome.clean(),
                outcome.rejected(),
                checks,
                isFailing || isEmpty ? "fail" : "pass",
                seconds,
                version);
    }

    @JsonIgnore
    public boolean isPassing() {
        return "pass".equals(status);
    }

    /** Why the day fails, in one line; empty when it passes. */
    @JsonIgnore
    public String reason() {
        if (isPassing()) {
            return "";
        }
        String failing = checks.stream()
                .filter(CheckResult::isFailing)
                .map(CheckResult::toLine)
                .collect(Collectors.joining("; "));
        String empty = clean == 0 ? "no events (of " + counted + " lines none is clean)" : "";
        return empty.isEmpty() || failing.isEmpty() ? empty + failing : empty + "; " + failing;
    }
}
