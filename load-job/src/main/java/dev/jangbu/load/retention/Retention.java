package dev.jangbu.load.retention;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.SchemaVersion;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.run.Version;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.held.DayHold;
import dev.jangbu.load.spark.SparkPlaces;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than the policy keeps it, a day at a time, oldest first, then texts that no card sale has any more,
 * and destroys held records whose date has come. A day some run holds stays for the next time.
 */
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Of the summary: places that are spark-job's to look at. */
    private static final String SPARK = "spark";

    private final Policy policy;
    private final LocalDate asOf;
    private final String by;
    private final Workspace workspace;
    private final Map<String, String> environment;
    private final Database database;
    private final Clock clock;
    private final PrintStream out;

    Retention(
            Policy policy,
            LocalDate asOf,
            String by,
            Workspace workspace,
            Map<String, String> environment,
            Database database,
            Clock clock,
            PrintStream out) {
        this.policy = policy;
        this.asOf = asOf;
        this.by = by;
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.database = database;
        this.clock = clock;
        this.out = out;
    }

    ExitCode plan() throws SQLException {
        try (Connection connection = open()) {
            List<String> datasets = datasets(connection);
            for (String dataset : datasets) {
                boolean isFirst = dataset.equals(datasets.get(0));
                SortedMap<String, List<LocalDate>> places = new TreeMap<>();
                days(connection, dataset)
                        .forEach((day, gone) ->
                                gone.forEach(place -> places.computeIfAbsent(place.name(), none -> new ArrayList<>())
                                        .add(day)));
                policy.places().stream()
                        .filter(place -> !place.isOfSpark())
                        .forEach(place -> plan(dataset, isFirst, place, places.getOrDefault(place.name(), List.of())));
            }
            out.println("%-26s        would remove %d that no sale has"
                    .formatted("raw.card_text", number(connection, "SELECT ops.count_unused_card_texts()")));
            out.println("%-26s        would destroy %d rows whose date has come"
                    .formatted("hold.record", heldBefore(connection)));
            List<String> ofSpark = ofSpark(connection);
            if (!ofSpark.isEmpty()) {
                out.println(Json.line(Map.of("job", "load-job", "command", "retain", "dry_run", true, SPARK, ofSpark)));
            }
            return ExitCode.DONE;
        }
    }

    /** Of the datasets behind the first only what would go is told: most places are not theirs. */
    private void plan(String dataset, boolean isFirst, Policy.Place place, List<LocalDate> days) {
        if (!days.isEmpty()) {
            out.println("%-26s %5s  would remove %d days%s, %s to %s"
                    .formatted(
                            place.name(),
                            place.keep().text(),
                            days.size(),
                            isFirst ? "" : " of " + dataset,
                            days.get(0),
                            days.get(days.size() - 1)));
        } else if (isFirst) {
            out.println("%-26s %5s  nothing is out of time"
                    .formatted(place.name(), place.keep().text()));
        }
    }

    ExitCode run() throws SQLException {
        long start = System.nanoTime();
        DayDrop.Dropped all = new DayDrop.Dropped(0, 0, 0);
        List<String> failures = new ArrayList<>();
        boolean isFailed = false;
        long days = 0;
        try (Connection connection = open()) {
            for (String dataset : datasets(connection)) {
                for (Map.Entry<LocalDate, List<Policy.Place>> day :
                        days(connection, dataset).entrySet()) {
                    try {
                        all = all.plus(drop(connection, dataset, day.getKey(), day.getValue()));
                        days++;
                    } catch (JobFailure failure) {
                        isFailed |= failure.exitCode() != ExitCode.HELD;
                        failures.add(String.valueOf(failure.getMessage()));
                        log.error("retain ds={} state=not_done {}", day.getKey(), failure.getMessage());
                    }
                }
            }
            long texts = number(connection, "SELECT ops.drop_unused_card_texts()");
            long destroyed = destroyHeld(connection);
            List<String> ofSpark = ofSpark(connection);
            ExitCode code = failures.isEmpty() ? ExitCode.DONE : isFailed ? ExitCode.FAILED : ExitCode.HELD;
            tell(
                    code,
                    failures.isEmpty() ? "" : failures.get(0) + "; run it again",
                    days,
                    all,
                    texts,
                    destroyed,
                    ofSpark,
                    start);
            return code;
        }
    }

    private DayDrop.Dropped drop(Connection connection, String dataset, LocalDate day, List<Policy.Place> places)
            throws SQLException {
        long start = System.nanoTime();
        try (DayHold hold = DayHold.take(connection, "retain", dataset, day, workspace, environment, clock)) {
            if (places.stream().anyMatch(place -> place.name().equals(SparkPlaces.AGGREGATES))) {
                hold.takeAlso("spark-job", "aggregate", environment, clock);
            }
            DayDrop.Dropped dropped = new DayDrop(connection, hold, policy, asOf, by).run(places);
            log.info(
                    "retain ds={} rows={} files={} held={} seconds={}",
                    day,
                    dropped.rows(),
                    dropped.files(),
                    dropped.held(),
                    Seconds.since(start));
            return dropped;
        }
    }

    private SortedMap<LocalDate, List<Policy.Place>> days(Connection connection, String dataset) throws SQLException {
        return new OutOfTime(policy, asOf).days(connection, workspace, dataset);
    }

    /** Places of the policy that spark-job has to look at: none where there is no lake. */
    private List<String> ofSpark(Connection connection) throws SQLException {
        boolean isThere = SparkPlaces.read(connection, workspace).hasLake();
        return policy.places().stream()
                .filter(place -> isThere && place.isOfSpark())
                .map(Policy.Place::name)
                .toList();
    }

    private Connection open() {
        Connection connection = database.connect();
        SchemaVersion.require(connection);
        return connection;
    }

    private static List<String> datasets(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT dataset FROM ops.dataset ORDER BY load_method DESC, dataset");
                ResultSet row = statement.executeQuery()) {
            List<String> datasets = new ArrayList<>();
            while (row.next()) {
                datasets.add(row.getString(1));
            }
            return datasets;
        }
    }

    private long heldBefore(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ops.count_held_before(?)")) {
            statement.setObject(1, asOf);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** With its record, in one transaction. */
    private long destroyHeld(Connection connection) throws SQLException {
        try (PreparedStatement destroy = connection.prepareStatement("""
                WITH destroyed AS (
                    SELECT business_date, removed FROM ops.destroy_held(?)
                ),
                logged AS (
                    INSERT INTO ops.retention_log
                        (dataset, business_date, place, token, removed, held, keep, basis, as_of, removed_by)
                    SELECT 'events', business_date, 'hold.record',
                        CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT), removed, 0, 'until',
                        'its date has come', ?, ?
                    FROM destroyed
                )
                SELECT COALESCE(SUM(removed), 0) FROM destroyed""")) {
            destroy.setObject(1, asOf);
            destroy.setObject(2, asOf);
            destroy.setString(3, by);
            try (ResultSet row = destroy.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void tell(
            ExitCode code,
            String message,
            long days,
            DayDrop.Dropped all,
            long texts,
            long destroyed,
            List<String> ofSpark,
            long start) {
        out.println(
                ("%,d days: %,d rows and %,d files removed, %,d rows held apart by law; %,d texts of card sales removed"
                                + " that no sale has; %,d held rows destroyed")
                        .formatted(days, all.rows(), all.files(), all.held(), texts, destroyed));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", "load-job");
        summary.put("command", "retain");
        summary.put("as_of", asOf.toString());
        summary.put("status", code.status());
        summary.put("exit_code", code.code());
        summary.put("message", message);
        summary.put("days", days);
        summary.put("rows", all.rows());
        summary.put("files", all.files());
        summary.put("held", all.held());
        summary.put("texts", texts);
        summary.put("destroyed", destroyed);
        summary.put(SPARK, ofSpark);
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        out.println(Json.line(summary));
        out.flush();
    }
}
