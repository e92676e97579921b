package dev.jangbu.mart.report;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A quality report of transform-job, {@code reports/quality/events/<ds>.json}.
 *
 * @param status {@code pass} or {@code fail}
 */
public record QualityFile(
        LocalDate ds, long counted, long clean, long rejected, List<CheckResult> checks, String status) {
    public QualityFile {
        checks = List.copyOf(checks);
    }

    /** @throws JobFailure with {@link ExitCode#FAILED} when it is not a quality report */
    public static QualityFile read(Path file) {
        try {
            return of(Json.mapper().readTree(Files.readAllBytes(file)));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (JacksonException | DateTimeException | IllegalArgumentException failure) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": not a quality report this version reads; run transform-job for the day again",
                    failure);
        }
    }

    /** Whether the day may be loaded. */
    public boolean isPassed() {
        return status.startsWith("pass");
    }

    /** The books as far as the checks keep them. */
    public Ledger ledger() {
        return Ledger.ofChecks(counted, clean, rejected, Map.of());
    }

    /** Whether it tells of the same checks as the log, and not of an earlier or later run. */
    boolean isOf(List<CheckResult> logged) {
        return counts(checks).equals(counts(logged));
    }

    private static List<String> counts(List<CheckResult> checks) {
        return checks.stream()
                .map(check -> check.name() + " " + check.counted() + " " + check.failed())
                .toList();
    }

    /** The logged checks with this file's examples; of the same checks only. */
    List<CheckResult> explain(List<CheckResult> logged) {
        List<CheckResult> explained = new ArrayList<>();
        for (int index = 0; index < logged.size(); index++) {
            explained.add(logged.get(index).withExamples(checks.get(index).examples()));
        }
        return explained;
    }

    private static QualityFile of(JsonNode report) {
        List<CheckResult> checks = new ArrayList<>();
        for (JsonNode check : report.required("checks")) {
            checks.add(check(check));
        }
        checks.sort(Comparator.comparing(CheckResult::name, CheckResult.BY_ORDER));
        return new QualityFile(
                LocalDate.parse(report.required("ds").asString()),
                report.required("counted").asLong(),
                report.required("clean").asLong(),
                report.required("rejected").asLong(),
                checks,
                report.required("status").asString());
    }

    private static CheckResult check(JsonNode check) {
        String status = check.required("status").asString();
        return new CheckResult(
                check.required("name").asString(),
                check.required("type").asString(),
                check.required("counted").asLong(),
                check.required("failed").asLong(),
                new BigDecimal(check.required("pass_rate").asString()),
                new BigDecimal(check.required("threshold").asString()),
                status.equals("warn") ? "warn" : "fail",
                status,
                Example.listOf(check.path("examples")));
    }
}
