package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.lit;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.DaySource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One day: its events read once, every table computed from what their sessions did and written, all of it published in one
 * stroke.
 */
final class DayAggregation {
    private static final Logger log = LoggerFactory.getLogger(DayAggregation.class);

    private static final int AT_ONCE = 2;

    /** The dearest first. */
    private static final List<Aggregation> AGGREGATIONS = List.of(
            new SessionSequences(),
            new FunnelConversion(),
            new HourlyTraffic(),
            new ProductConversion(),
            new SessionPatterns());

    static final List<String> NAMES =
            AGGREGATIONS.stream().map(Aggregation::name).toList();

    private final RunContext context;
    private final DaySource source;
    private final TablePlace place;
    private DaySource.@Nullable Origin origin;
    private @Nullable Dataset<Row> events;
    private List<Manifest.Entry> written = List.of();

    DayAggregation(RunContext context, DaySource source, TablePlace place) {
        this.context = context;
        this.source = source;
        this.place = place;
    }

    void read() throws SQLException {
        DaySource.Origin read = source.origin();
        origin = read;
        events = source.events();
        context.summary().fact("rows", read.rows());
    }

    void aggregate() {
        List<Manifest.Entry> entries;
        try (AggregateFiles files = new AggregateFiles(place.begin())) {
            Dataset<Row> facts = SessionFacts.of(ofTheDay()).persist(StorageLevel.MEMORY_AND_DISK());
            try {
                write(files, facts);
            } finally {
                facts.unpersist();
            }
            entries = files.finish();
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String name : NAMES) {
            rows.put(name, AggregateFiles.rowsOf(name, entries));
        }
        written = entries;
        context.summary().fact("tables", rows);
    }

    /** Two at a time: while one is planned or ends in a single task, the other keeps the cores busy. */
    private static void write(AggregateFiles files, Dataset<Row> facts) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletableFuture<?>[] tables = AGGREGATIONS.stream()
                    .map(table -> CompletableFuture.runAsync(() -> write(files, table, facts), pool))
                    .toArray(CompletableFuture<?>[]::new);
            // Waits for all of them, also where one has failed: their folder must not go before they end.
            CompletableFuture.allOf(tables).join();
        } finally {
            pool.shutdown();
        }
    }

    /** Their day as a constant: Spark then neither reads nor groups by it. */
    private Dataset<Row> ofTheDay() {
        return Objects.requireNonNull(events).withColumn("event_date", lit(context.businessDate()));
    }

    private static void write(AggregateFiles files, Aggregation aggregation, Dataset<Row> facts) {
        long start = System.nanoTime();
        files.write(aggregation, aggregation.of(facts));
        log.info("table={} seconds={}", aggregation.name(), Seconds.since(start));
    }

    void publish() throws SQLException {
        place.publish(manifest(Objects.requireNonNull(origin)));
    }

    private Manifest manifest(DaySource.Origin from) {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                from.source(),
                from.profile(),
                written.stream().mapToLong(Manifest.Entry::rows).sum(),
                written.stream().mapToLong(Manifest.Entry::bytes).sum(),
                written,
                from.from(),
                from.to(),
                Map.of("events", from.rows()),
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }
}
