package dev.jangbu.faults.oracle;

import java.nio.file.Path;
import java.util.List;

/**
 * A simulated business date and the commands that bring it from its source to the marts.
 *
 * @param ds the date
 * @param users of the shop; about four events each
 * @param seed the same seed and date give the same bytes
 */
public record Day(String ds, int users, long seed) {
    public List<String> extract() {
        return List.of(
                "extract-job",
                "events",
                "--ds",
                ds,
                "--source",
                "simulator",
                "--users",
                String.valueOf(users),
                "--seed",
                String.valueOf(seed));
    }

    public List<String> transform() {
        return List.of("transform-job", "events", "--ds", ds);
    }

    public List<String> load() {
        return List.of("load-job", "events", "--ds", ds);
    }

    /** @param name of a mart, or {@code all} */
    public List<String> mart(String name) {
        return List.of("mart-job", "build", "--mart", name, "--ds", ds);
    }

    /** Extraction, checks, load and all marts, in running order. */
    public List<List<String>> chain() {
        return List.of(extract(), transform(), load(), mart("all"));
    }

    /** @param area {@code landing} or {@code clean} */
    public Path folder(Path workspace, String area) {
        return workspace.resolve(area).resolve("events").resolve(ds);
    }

    /** The day's partition. */
    public String partition() {
        return "raw.raw_events_" + ds.replace("-", "");
    }
}
