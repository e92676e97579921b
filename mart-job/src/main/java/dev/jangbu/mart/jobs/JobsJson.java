package dev.jangbu.mart.jobs;

import dev.jangbu.kit.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same as the tables, as one line of JSON for programs: an array of objects. */
final class JobsJson {
    private final ZoneId zone;

    JobsJson(ZoneId zone) {
        this.zone = zone;
    }

    String list(List<JobDay> days) {
        return Json.line(days.stream().map(this::day).toList());
    }

    String show(List<JobRun> runs, SummaryFiles files) {
        return Json.line(runs.stream().map(run -> run(run, files)).toList());
    }

    private Map<String, Object> day(JobDay day) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ds", day.businessDate().toString());
        entry.put("dataset", day.dataset());
        entry.put("job", day.line());
        entry.put("state", day.state().word());
        entry.put("expected", day.expected());
        Map<String, Long> counts = new LinkedHashMap<>();
        day.counts().forEach((state, count) -> counts.put(state.word(), count));
        entry.put("slices", counts);
        putKnown(entry, "rows", day.rows());
        putKnown(entry, "seconds", day.seconds());
        entry.put("started_at", started(day.startedAt()));
        return entry;
    }

    private Map<String, Object> run(JobRun run, SummaryFiles files) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("ds", run.businessDate().toString());
        entry.put("dataset", run.dataset());
        entry.put("job", run.job());
        entry.put("slice", run.slice());
        entry.put("attempt", run.attempt());
        entry.put("state", run.state().word());
        putKnown(entry, "rows", run.rows());
        putKnown(entry, "seconds", run.seconds());
        entry.put("started_at", started(run.startedAt()));
        putKnown(entry, "exit_code", run.exitCode());
        entry.put("meaning", ExitMeaning.of(run.exitCode()));
        entry.put("message", run.message());
        entry.put("run_id", run.runId());
        files.of(run).map(Path::toString).ifPresent(file -> entry.put("summary_file", file));
        return entry;
    }

    private String started(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
    }

    private static void putKnown(Map<String, Object> entry, String name, @Nullable Object value) {
        if (value != null) {
            entry.put(name, value);
        }
    }
}
