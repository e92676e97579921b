package dev.jangbu.spark.erase;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.HeldRun;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.run.Version;
import dev.jangbu.load.erase.ErasureLog;
import dev.jangbu.load.spark.SparkPlaces;
import dev.jangbu.spark.aggregate.AggregatedDays;
import dev.jangbu.spark.lake.LakeFailures;
import dev.jangbu.spark.lake.LakeTidying;
import dev.jangbu.spark.session.SparkStart;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What spark-job does of an erasure: the lake first, then the aggregates, which may be made of it. At the end it looks
 * again and writes down what it looked through; the proof is load-job's. Called again it goes on.
 */
final class SparkErasure {
    private final Site site;
    private final SparkPlaces places;
    private final PrintStream out;
    private final LakeErasure lake;
    private final AggregateErasure aggregates;

    SparkErasure(Site site, SparkPlaces places, SparkStart spark, PrintStream out) {
        this.site = site;
        this.places = places;
        this.out = out;
        this.lake = new LakeErasure(site, spark);
        this.aggregates =
                new AggregateErasure(site, new AggregatedDays(site.workspace(), site.environment(), spark, out));
    }

    /** Says what would be done. */
    ExitCode plan() throws Exception {
        if (places.hasLake()) {
            LakeErasure.Seen seen = lake.look();
            out.println("would erase from %d of %,d rows of lake.events, days %s, and forget all its former states"
                    .formatted(
                            seen.named().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum(),
                            seen.rows(),
                            seen.named().keySet()));
        }
        if (places.hasAggregates()) {
            out.println("would make the aggregates again of the days something is erased from, where there are any");
        }
        return ExitCode.DONE;
    }

    ExitCode run() {
        long start = System.nanoTime();
        Map<String, Object> facts = new LinkedHashMap<>();
        ExitCode code = ExitCode.DONE;
        String message = "";
        try {
            holdOffRuns();
            if (places.hasLake()) {
                eraseLake(facts);
            }
            if (places.hasAggregates()) {
                redoAggregates(facts);
            }
        } catch (Exception failure) {
            Exception told = LakeFailures.explain(failure);
            code = told instanceof JobFailure known ? known.exitCode() : ExitCode.FAILED;
            message = String.valueOf(told.getMessage());
            out.println(message);
        }
        summary(code, message, facts, start);
        return code;
    }

    /**
     * A run that began before the erasure may have read what is no more, and write it when all was looked through: none is
     * on its way from here on but such as read what is left.
     */
    private void holdOffRuns() throws SQLException {
        for (Map.Entry<LocalDate, String> run : onTheirWay()) {
            HeldRun.begin(site.request(run.getValue(), run.getKey()), site.environment(), site.clock())
                    .close();
        }
    }

    private List<Map.Entry<LocalDate, String>> onTheirWay() throws SQLException {
        try (Connection connection = site.database().connect();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT business_date, slice FROM ops.run_lock
                        WHERE job = ? AND dataset = ? AND slice IN ('lake', 'aggregate') AND released_at IS NULL
                        ORDER BY 1, 2""")) {
            statement.setString(1, Site.JOB);
            statement.setString(2, Site.EVENTS);
            try (ResultSet row = statement.executeQuery()) {
                List<Map.Entry<LocalDate, String>> runs = new ArrayList<>();
                while (row.next()) {
                    runs.add(Map.entry(row.getObject(1, LocalDate.class), row.getString(2)));
                }
                return runs;
            }
        }
    }

    private void eraseLake(Map<String, Object> facts) throws Exception {
        LakeErasure.Seen before = lake.look();
        for (LocalDate day : before.named().keySet()) {
            lake.erase(day);
            out.println("lake.events: %,d rows of %s erased"
                    .formatted(before.named().get(day), day));
        }
        LakeTidying.Tidied tidied = lake.forget();
        out.println("lake.events: %,d former states forgotten, %,d files removed that no state names"
                .formatted(tidied.states(), tidied.files()));
        LakeErasure.Seen after = lake.look();
        if (!after.named().isEmpty()) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "lake.events still names the person on " + after.named().keySet()
                            + ", which was put meanwhile; erase again");
        }
        facts.put(
                "lake_days",
                before.named().keySet().stream().map(String::valueOf).toList());
        facts.put("states", tidied.states());
        searched(new ErasureLog.Searched(SparkPlaces.LAKE, after.state(), after.rows()));
        out.println("lake.events: %,d rows looked through, none names the person".formatted(after.rows()));
    }

    private void redoAggregates(Map<String, Object> facts) throws Exception {
        AggregateErasure.Done done = aggregates.redo(places.hasLake() ? lake.days() : new TreeSet<>());
        List<Path> naming = aggregates.naming();
        if (!naming.isEmpty()) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    naming.get(0) + " names the person and is none of ours; remove it and erase again");
        }
        facts.put("aggregated", done.again().stream().map(String::valueOf).toList());
        facts.put(
                "aggregates_removed", done.gone().stream().map(String::valueOf).toList());
        long files = aggregates.files();
        searched(new ErasureLog.Searched(SparkPlaces.AGGREGATES, "", files));
        out.println("aggregates: %d days made again, %d removed, %,d files looked through"
                .formatted(done.again().size(), done.gone().size(), files));
    }

    private void searched(ErasureLog.Searched search) throws SQLException {
        try (Connection connection = site.database().connect()) {
            new ErasureLog(connection).searched(site.erasureId(), search);
        }
    }

    private void summary(ExitCode code, String message, Map<String, Object> facts, long start) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", Site.JOB);
        summary.put("command", "erase");
        summary.put("status", code.status());
        summary.put("exit_code", code.code());
        summary.put("message", message);
        summary.put("erasure", site.erasureId());
        summary.putAll(facts);
        summary.put("seconds", Seconds.since(start));
        summary.put("version", Version.current());
        out.println(Json.line(summary));
        out.flush();
    }
}
