package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Difference;
import dev.jangbu.faults.oracle.Published;
import dev.jangbu.faults.oracle.Snapshot;
import dev.jangbu.faults.oracle.Yardstick;
import dev.jangbu.faults.site.Site;
import dev.jangbu.faults.site.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job and what it leaves: files of an area, or rows of a table.
 *
 * @param command of the job for the yardstick's day
 * @param area the files it publishes, such as {@code landing}; empty where it writes a table
 * @param table the table it writes, such as {@code mart.mart_orders}; empty where it publishes files
 */
public record Target(String name, List<String> command, String area, String table) {
    public Target {
        command = List.copyOf(command);
    }

    static Target extract(Day day) {
        return new Target("extract", day.extract(), "landing", "");
    }

    static Target transform(Day day) {
        return new Target("transform", day.transform(), "clean", "");
    }

    static Target load(Day day) {
        return new Target("load", day.load(), "", "raw.raw_events");
    }

    static Target mart(Day day, String mart) {
        return new Target(mart, day.mart(mart), "", "mart." + mart);
    }

    static List<Target> marts(Yardstick yardstick) {
        return yardstick.marts().stream()
                .map(mart -> mart(yardstick.day(), mart))
                .toList();
    }

    /** All jobs, in running order. */
    static List<Target> all(Yardstick yardstick) {
        Day day = yardstick.day();
        List<Target> all = new ArrayList<>(List.of(extract(day), transform(day), load(day)));
        all.addAll(marts(yardstick));
        return all;
    }

    /** Takes away what the job left, so that its next run is a first one. */
    void wipe(Scene scene) throws IOException, SQLException {
        if (!area.isEmpty()) {
            Site.delete(folder(scene.site()));
        } else if (table.startsWith("raw.")) {
            scene.site()
                    .sql()
                    .execute("DROP TABLE IF EXISTS " + scene.yardstick().day().partition());
        } else {
            scene.site().sql().execute("DELETE FROM " + table);
        }
    }

    /** Whether the job's work is there: in whole, or not at all. Anything between is an outcome's difference. */
    boolean isThere(Scene scene, Outcome outcome) throws IOException, SQLException {
        if (isEmpty(scene.site())) {
            return false;
        }
        compare(scene, outcome);
        return true;
    }

    /** Holds what the job left against the undisturbed day. */
    void compare(Scene scene, Outcome outcome) throws IOException, SQLException {
        if (area.isEmpty()) {
            Snapshot undisturbed = scene.yardstick().tables();
            outcome.differs(table, undisturbed.compare(scene.site().sql(), table));
            requireNothingUnattached(scene.site().sql(), outcome);
            return;
        }
        Published expected = scene.yardstick().files(area);
        Optional<Published> found = Published.in(folder(scene.site()));
        if (found.isEmpty()) {
            outcome.finding(folder(scene.site()) + ": no manifest");
            return;
        }
        found.get().faults().forEach(outcome::finding);
        Difference difference = found.get().compare(expected);
        outcome.differs(area, difference);
    }

    /** What killed first loads have filled is gone once the day is there. */
    private void requireNothingUnattached(Sql sql, Outcome outcome) throws SQLException {
        List<String> left = table.startsWith("raw.")
                ? sql.column("SELECT relname FROM pg_class WHERE relnamespace = 'raw'::REGNAMESPACE AND relkind = 'r'"
                        + " AND NOT relispartition AND relname ~ '^raw_events_" + ds().replace("-", "") + "_t[0-9]+$'")
                : List.of();
        outcome.require(left.isEmpty(), "raw: " + left + " never attached, though the day is there");
    }

    private boolean isEmpty(Site site) throws IOException, SQLException {
        if (!area.isEmpty()) {
            return Published.in(folder(site)).isEmpty();
        }
        return site.sql().number("SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " LIMIT 1) AS one") == 0;
    }

    private Path folder(Site site) {
        return site.workspace().resolve(area).resolve("events").resolve(ds());
    }

    private String ds() {
        return command.get(command.indexOf("--ds") + 1);
    }

    /** Nothing a run leaves when it is over may say that it still runs. */
    static void requireNothingRuns(Sql sql, Outcome outcome) throws SQLException {
        outcome.require(
                sql.number("SELECT COUNT(*) FROM batch.batch_job_execution WHERE end_time IS NULL") == 0,
                "batch.batch_job_execution: an execution without an end after the last run");
        outcome.require(
                sql.number("SELECT COUNT(*) FROM ops.pipeline_run_log WHERE status = 'running'") == 0,
                "ops.pipeline_run_log: a run still called running after the last run");
    }
}
