package dev.jangbu.faults.oracle;

import dev.jangbu.faults.site.Ended;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A day that nothing disturbed: its files, its rows, and how long each job took. Made once; what is disturbed after is
 * held to it.
 */
public final class Yardstick {
    private final Day day;
    private final List<String> marts;
    private final Map<String, Published> files;
    private final Snapshot tables;
    private final Map<List<String>, Long> millis;

    private Yardstick(
            Day day,
            List<String> marts,
            Map<String, Published> files,
            Snapshot tables,
            Map<List<String>, Long> millis) {
        this.day = day;
        this.marts = List.copyOf(marts);
        this.files = Map.copyOf(files);
        this.tables = tables;
        this.millis = Map.copyOf(millis);
    }

    /** Runs the day, each job twice: first and repeated loads take different ways, and the second run is timed. */
    public static Yardstick make(Site site, Day day) throws IOException, InterruptedException, SQLException {
        List<String> marts = Snapshot.marts(site.sql());
        Map<List<String>, Long> millis = new HashMap<>();
        for (List<String> command : List.of(day.extract(), day.transform(), day.load())) {
            site.must(command);
            millis.put(command, millis(site.must(command)));
        }
        for (String mart : marts) {
            site.must(day.mart(mart));
            millis.put(day.mart(mart), millis(site.must(day.mart(mart))));
        }
        Map<String, Published> files = new HashMap<>();
        for (String area : List.of("landing", "clean")) {
            Path kept = Published.copy(day.folder(site.workspace(), area), site.newFolder("undisturbed-" + area));
            files.put(area, Published.in(kept).orElseThrow());
        }
        return new Yardstick(day, marts, files, Snapshot.take(site.sql(), "undisturbed"), millis);
    }

    public Day day() {
        return day;
    }

    public List<String> marts() {
        return marts;
    }

    /** @param area {@code landing} or {@code clean} */
    public Published files(String area) {
        return Objects.requireNonNull(files.get(area), area);
    }

    public Snapshot tables() {
        return tables;
    }

    /** What the command took when nothing disturbed it. */
    public long millis(List<String> command) {
        return Objects.requireNonNull(millis.get(command), () -> String.join(" ", command));
    }

    private static long millis(Ended ended) {
        return Math.round(ended.seconds() * 1_000);
    }
}
