package dev.jangbu.kit.workspace;

import dev.jangbu.kit.run.RunRequest;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The folder the jobs hand files over in. Each area has one writer; see {@code docs/architecture.md}.
 *
 * @param root absolute
 */
public record Workspace(Path root) {
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

    /** {@code reports/quality/events/2026-01-15.json}. */
    public Path qualityReport(String dataset, String slice, LocalDate businessDate) {
        String name = RunRequest.WHOLE.equals(slice) ? businessDate + ".json" : businessDate + "." + slice + ".json";
        return root.resolve("reports").resolve("quality").resolve(dataset).resolve(name);
    }

    /** {@code reports/run/2026-01-15.json}. */
    public Path runReport(LocalDate businessDate) {
        return root.resolve("reports").resolve("run").resolve(businessDate + ".json");
    }

    /** {@code runs/load-job/events/all/2026-01-15/<attempt>.json}. */
    public Path runSummary(RunRequest request) {
        return root.resolve("runs")
                .resolve(request.job())
                .resolve(request.dataset())
                .resolve(request.slice())
                .resolve(request.businessDate().toString())
                .resolve(request.attempt() + ".json");
    }

    /** Where the embedded PostgreSQL lives, and writes how to reach it. */
    public Path embeddedDatabase() {
        return root.resolve("postgres");
    }

    private DayFolder day(String area, String dataset, String slice, LocalDate businessDate) {
        Path day = root.resolve(area).resolve(dataset).resolve(businessDate.toString());
        return new DayFolder(
                area, dataset, slice, businessDate, RunRequest.WHOLE.equals(slice) ? day : day.resolve(slice));
    }
}
