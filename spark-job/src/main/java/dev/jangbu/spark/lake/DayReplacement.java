package dev.jangbu.spark.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The commit that puts rows in the place of a day's: all of them, or none. */
public final class DayReplacement {
    private static final String OF_SNAPSHOT = "snapshot-property.";
    private static final String ADDED = "added-records";

    private final LakeSettings lake;
    private final RunContext context;
    private final EventsTable events;

    public DayReplacement(LakeSettings lake, RunContext context) {
        this.lake = lake;
        this.context = context;
        this.events = EventsTable.openOrMake(lake.open());
    }

    public EventsTable events() {
        return events;
    }

    /** What the day holds now. */
    public Optional<LakeSnapshot> last() {
        return events.lastOf(day());
    }

    /**
     * @param rows of a session that has the lake
     * @param told for the history
     */
    public void by(Dataset<Row> rows, long expected, Map<String, String> told) throws Exception {
        context.summary().fact("orphans_removed", new Orphans(events.table(), lake.configuration()).remove(day()));
        DataFrameWriterV2<Row> writer = rows.writeTo(EventsTable.IN_SQL)
                // Texts of a file may all be missing, as far as Spark knows.
                .option("check-nullability", "false");
        for (Map.Entry<String, String> entry : told.entrySet()) {
            writer = writer.option(OF_SNAPSHOT + entry.getKey(), entry.getValue());
        }
        writer.overwrite(col(EventsTable.DAY).equalTo(lit(day())));
        requireRows(expected);
    }

    private void requireRows(long expected) {
        long id = last().map(LakeSnapshot::id).orElse(0L);
        Snapshot snapshot = events.table().snapshot(id);
        long added = snapshot == null ? 0 : Long.parseLong(snapshot.summary().getOrDefault(ADDED, "0"));
        if (added != expected) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    EventsTable.IN_SQL + ": " + added + " rows of " + day() + " in snapshot " + id + " (expected: "
                            + expected + "); go back by `lake rollback events`");
        }
        context.summary().fact("snapshot", String.valueOf(id));
    }

    private LocalDate day() {
        return context.businessDate();
    }
}
