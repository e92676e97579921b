package dev.jangbu.kit.workspace;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The folder the jobs hand files over in. Each area has one writer; see {@code docs/architecture.md}.
 *
 * @param root absolute
 */
public record Workspace(Path root) {
    /** The slice of a run that does the whole day; other slices lie in folders below the day. */
    public static final String WHOLE_DAY = "all";

    public Workspace {
        root = root.toAbsolutePath().normalize();
    }

    /** What extract-job wrote for a day. */
    public DayFolder landing(String dataset, String slice, LocalDate businessDate) {
        return day("landing", dataset, slice, businessDate);
    }

    /** What transform-job passed, ready for COPY. */
    public DayFolder clean(String dataset, String slice, LocalDate businessDate) {
        return day("clean", dataset, slice, businessDate);
    }

    /** What transform-job refused or flagged, with reasons. */
    public DayFolder rejects(String dataset, String slice, LocalDate businessDate) {
        return day("rejects", dataset, slice, businessDate);
    }

    /** What a replay corrected of the landing's lines. */
    public DayFolder corrections(String dataset, String slice, LocalDate businessDate) {
        return day("corrections", dataset, slice, businessDate);
    }

    /** What spark-job computed of a day, in the day's own folder whatever its slice: it has one writer. */
    public DayFolder aggregates(String dataset, String slice, LocalDate businessDate) {
        return new DayFolder(
                "aggregates",
                dataset,
                slice,
                businessDate,
                day("aggregates", dataset, WHOLE_DAY, businessDate).path());
    }

    /** {@code reports/quality/events/2026-01-15.json}. */
    public Path qualityReport(String dataset, String slice, LocalDate businessDate) {
        String name = WHOLE_DAY.equals(slice) ? businessDate + ".json" : businessDate + "." + slice + ".json";
        return root.resolve("reports").resolve("quality").resolve(dataset).resolve(name);
    }

    /** {@code reports/erasure/<erasure id>.json}: the proof that a person was removed. */
    public Path erasureReport(String erasureId) {
        return root.resolve("reports").resolve("erasure").resolve(erasureId + ".json");
    }

    /** {@code reports/sales-dashboard.html}: the last one written, of all shops. */
    public Path salesDashboard() {
        return root.resolve("reports").resolve("sales-dashboard.html");
    }

    /** {@code reports/anomalies/2026-01-15.json}: the card sales of a day that do not fit. */
    public Path anomalyReport(LocalDate businessDate) {
        return root.resolve("reports").resolve("anomalies").resolve(businessDate + ".json");
    }

    /** {@code reports/run/2026-01-15.json}. */
    public Path runReport(LocalDate businessDate) {
        return root.resolve("reports").resolve("run").resolve(businessDate + ".json");
    }

    /** {@code runs/load-job/events/all/2026-01-15/<attempt>.json}. */
    public Path runSummary(String job, String dataset, String slice, LocalDate businessDate, String attempt) {
        return root.resolve("runs")
                .resolve(job)
                .resolve(dataset)
                .resolve(slice)
                .resolve(businessDate.toString())
                .resolve(attempt + ".json");
    }

    /** {@code limits/cafe24.calls}: when a platform was asked last, of all processes that share this folder. */
    public Path callTimes(String platform) {
        return root.resolve("limits").resolve(platform + ".calls");
    }

    /** Where the embedded PostgreSQL lives, and writes how to reach it. */
    public Path embeddedDatabase() {
        return root.resolve("postgres");
    }

    private DayFolder day(String area, String dataset, String slice, LocalDate businessDate) {
        Path day = root.resolve(area).resolve(dataset).resolve(businessDate.toString());
        return new DayFolder(area, dataset, slice, businessDate, WHOLE_DAY.equals(slice) ? day : day.resolve(slice));
    }
}
