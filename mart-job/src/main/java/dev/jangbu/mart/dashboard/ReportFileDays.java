package dev.jangbu.mart.dashboard;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.mart.report.DayReport;
import dev.jangbu.mart.report.Figures;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.QualityFile;
import dev.jangbu.mart.report.RunReportFile;
import dev.jangbu.mart.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The days as the report files know them, {@code run/<ds>.json} and {@code quality/<dataset>/<ds>.json} below one folder.
 * A day with a quality report only is judged by its checks alone.
 */
final class ReportFileDays implements Days {
    private static final Pattern NAME = Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))\\.json");

    private final String dataset;
    private final SortedMap<LocalDate, Path> files = new TreeMap<>();
    private final Path runs;

    /** @throws JobFailure with {@link ExitCode#USAGE} when the folder holds no reports */
    ReportFileDays(Path reports, String dataset) {
        this.dataset = dataset;
        this.runs = reports.resolve("run");
        files.putAll(list(reports.resolve("quality").resolve(dataset)));
        files.putAll(list(runs));
        if (files.isEmpty()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--from-reports: " + reports + " (expected: a folder with run/<ds>.json or quality/" + dataset
                            + "/<ds>.json)");
        }
    }

    @Override
    public Optional<LocalDate> latest() {
        return files.isEmpty() ? Optional.empty() : Optional.of(files.lastKey());
    }

    @Override
    public SortedMap<LocalDate, DashboardDay> read(LocalDate from, LocalDate to) {
        SortedMap<LocalDate, DashboardDay> days = new TreeMap<>();
        files.subMap(from, to.plusDays(1)).forEach((day, file) -> {
            DashboardDay read = read(file);
            if (read != null) {
                days.put(day, read);
            }
        });
        return days;
    }

    private @Nullable DashboardDay read(Path file) {
        if (!runs.equals(file.getParent())) {
            return ofChecks(QualityFile.read(file));
        }
        DayReport report = RunReportFile.read(file);
        return report.dataset().equals(dataset) ? ofReport(report) : null;
    }

    private static DashboardDay ofReport(DayReport report) {
        Figures figures = report.figures();
        Ledger ledger = report.ledger();
        return new DashboardDay(
                report.ds(),
                report.profile(),
                report.verdict(),
                figures == null ? null : Long.valueOf(figures.events()),
                figures == null ? null : figures.orders(),
                figures == null ? null : figures.revenue(),
                report.checks(),
                ledger == null || !ledger.balanced() ? ledger : ledger.asLogged(),
                report.books());
    }

    private static DashboardDay ofChecks(QualityFile quality) {
        boolean isPassed = quality.isPassed();
        return new DashboardDay(
                quality.ds(),
                "",
                isPassed ? Verdict.PASSED : Verdict.QUALITY_FAILED,
                isPassed ? Long.valueOf(quality.clean()) : null,
                null,
                null,
                quality.checks(),
                quality.ledger(),
                null);
    }

    private static SortedMap<LocalDate, Path> list(Path folder) {
        SortedMap<LocalDate, Path> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> children = Files.list(folder)) {
            children.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(LocalDate.parse(name.group(1)), file);
                }
            });
        } catch (IOException failure) {
            throw StorageFailure.of("cannot list", folder, failure);
        }
        return found;
    }
}
