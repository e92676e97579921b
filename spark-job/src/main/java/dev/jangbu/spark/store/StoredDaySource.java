package dev.jangbu.spark.store;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.CleanEvents;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.session.SparkStart;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The clean files of a run's day in a store, which the executors read there. What lies there counts by its manifest alone. */
public final class StoredDaySource implements DaySource {
    private final RunContext context;
    private final SparkStart spark;
    private final Store store;
    private @Nullable StoredFiles files;

    public StoredDaySource(RunContext context, SparkStart spark, Store store) {
        this.context = context;
        this.spark = spark;
        this.store = store;
    }

    @Override
    public Origin origin() {
        StoredDay day = store.day("clean", context.dataset(), context.businessDate());
        String remedy = "copy the day's folder of the workspace there again, its manifest last";
        Manifest manifest = day.read(remedy);
        files = new StoredFiles(spark.session(), day, manifest, remedy);
        return new Origin(
                manifest.source(), manifest.profile(), manifest.rows(), manifest.windowFrom(), manifest.windowTo());
    }

    @Override
    public Dataset<Row> events() {
        StoredFiles read = Objects.requireNonNull(files, "origin() first");
        read.requireUnchanged();
        return new CleanEvents(read.spark(), read).rows();
    }
}
