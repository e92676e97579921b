package dev.jangbu.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.spark.events.CleanEvents;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.session.SparkStart;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A run's day as the lake has it: in one state of the table, whatever is put meanwhile. */
public final class LakeDaySource implements DaySource {
    private final RunContext context;
    private final SparkStart spark;
    private final LakeSettings lake;
    private long state;

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting of the lake is wrong */
    public LakeDaySource(RunContext context, SparkStart spark, Map<String, String> environment) {
        this.context = context;
        this.spark = spark;
        this.lake = LakeSettings.from(environment, context.workspace()).readOnly();
    }

    /** Who put the day may be forgotten, or not known where it was changed by hand: the rows are there all the same. */
    @Override
    public Origin origin() {
        try (LakeCatalog catalog = lake.open()) {
            EventsTable events = EventsTable.find(catalog).orElseThrow(this::missing);
            @Nullable Snapshot current = events.table().currentSnapshot();
            if (current == null) {
                throw missing();
            }
            state = current.snapshotId();
            context.summary().fact("snapshot", String.valueOf(state));
            Optional<LakeSnapshot> last = events.lastOf(context.businessDate(), state);
            return origin(
                    last.map(LakeSnapshot::origin).orElse(Map.of()),
                    last.map(LakeSnapshot::rows).orElseGet(this::count));
        }
    }

    private Origin origin(Map<String, String> told, long rows) {
        return new Origin(
                told.getOrDefault("source", "lake"),
                told.getOrDefault("profile", "default"),
                rows,
                context.calendar().startOf(context.businessDate()),
                context.calendar().endOf(context.businessDate()));
    }

    private long count() {
        long rows = day().count();
        if (rows == 0) {
            throw missing();
        }
        return rows;
    }

    @Override
    public Dataset<Row> events() {
        return day().select(CleanEvents.columns().toArray(Column[]::new));
    }

    private Dataset<Row> day() {
        return lake.session(spark.session())
                .read()
                .option("snapshot-id", state)
                .table(EventsTable.IN_SQL)
                .where(col(EventsTable.DAY).equalTo(lit(context.businessDate())));
    }

    private JobFailure missing() {
        return new JobFailure(
                ExitCode.FAILED,
                "no rows of " + context.businessDate() + " in " + EventsTable.IN_SQL + "; run `lake put events --ds "
                        + context.businessDate() + "` first");
    }
}
