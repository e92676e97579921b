package dev.jangbu.transform.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The verdict on a day, as {@code reports/quality/<dataset>/<ds>.json} holds it.
 *
 * @param files of the landing
 * @param counted lines that are not blank; the clean and the rejected ones
 * @param status {@code pass} or {@code fail}
 * @param seconds the checks took
 * @param whyEmpty why a day without clean records fails; empty where it has some, or may have none
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
        String version,
        @JsonIgnore String whyEmpty) {

    /**
     * A file of the landing the verdict is about.
     *
     * @param corrected how many of the counted lines were read as a replay corrected them
     */
    public record LandingFile(String path, String sha256, long counted, long clean, long rejected, long corrected) {
        private static LandingFile of(PartOutcome part) {
            return new LandingFile(
                    part.landing().name(),
                    part.landing().sha256(),
                    part.lines(),
                    part.clean(),
                    part.rejected(),
                    part.corrected());
        }

        /** With a later piece of the same file. */
        private LandingFile and(LandingFile piece) {
            return new LandingFile(
                    path,
                    sha256,
                    counted + piece.counted,
                    clean + piece.clean,
                    rejected + piece.rejected,
                    corrected + piece.corrected);
        }
    }

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
        return of(businessDate, landingFiles(outcome), outcome.tallies(), contract, allowEmpty, seconds, version);
    }

    /**
     * @param files of the landing, or pieces of them
     * @param allowEmpty whether a day without clean events passes
     */
    public static QualityReport of(
            LocalDate businessDate,
            List<LandingFile> files,
            Tallies tallies,
            Contract contract,
            boolean allowEmpty,
            BigDecimal seconds,
            String version) {
        List<CheckResult> checks = Check.ALL.stream()
                .map(check -> CheckResult.of(check, contract.rule(check), tallies))
                .toList();
        long lines = files.stream().mapToLong(LandingFile::counted).sum();
        long clean = files.stream().mapToLong(LandingFile::clean).sum();
        return of(
                businessDate,
                files,
                checks,
                clean == 0 && !allowEmpty ? "no events (of " + lines + " lines none is clean)" : "",
                seconds,
                version);
    }

    /** @param whyEmpty why a day that is empty fails; empty where it does not fail for that */
    public static QualityReport of(
            LocalDate businessDate,
            List<LandingFile> files,
            List<CheckResult> checks,
            String whyEmpty,
            BigDecimal seconds,
            String version) {
        boolean isFailing = checks.stream().anyMatch(CheckResult::isFailing) || !whyEmpty.isEmpty();
        return new QualityReport(
                businessDate,
                files,
                files.stream().mapToLong(LandingFile::counted).sum(),
                files.stream().mapToLong(LandingFile::clean).sum(),
                files.stream().mapToLong(LandingFile::rejected).sum(),
                checks,
                isFailing ? "fail" : "pass",
                seconds,
                version,
                whyEmpty);
    }

    /** One a landing part, also where its lines were judged in several pieces. */
    private static List<LandingFile> landingFiles(DayOutcome outcome) {
        Map<String, LandingFile> files = new LinkedHashMap<>();
        outcome.parts().forEach(part -> files.merge(part.landing().name(), LandingFile.of(part), LandingFile::and));
        return List.copyOf(files.values());
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
        return whyEmpty.isEmpty() || failing.isEmpty() ? whyEmpty + failing : whyEmpty + "; " + failing;
    }
}
