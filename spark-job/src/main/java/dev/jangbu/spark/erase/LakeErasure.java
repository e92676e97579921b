package dev.jangbu.spark.erase;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.load.erase.ErasureLog;
import dev.jangbu.load.erase.Subject;
import dev.jangbu.load.spark.SparkPlaces;
import dev.jangbu.spark.lake.DayReplacement;
import dev.jangbu.spark.lake.EventsTable;
import dev.jangbu.spark.lake.LakeCatalog;
import dev.jangbu.spark.lake.LakeLock;
import dev.jangbu.spark.lake.LakeSettings;
import dev.jangbu.spark.lake.LakeSnapshot;
import dev.jangbu.spark.lake.LakeTidying;
import dev.jangbu.spark.session.SparkStart;
import java.io.IOException;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * A person's rows in the lake. Each day that has some is written again without them, in a commit of its own; then all
 * former states are forgotten, for any of them may hold rows of theirs.
 */
final class LakeErasure {
    private static final String OF_DAYS = "lake";
    private static final String OF_TABLE = "lake-erase";

    private final Site site;
    private final SparkStart spark;
    private final LakeSettings lake;

    LakeErasure(Site site, SparkStart spark) {
        this.site = site;
        this.spark = spark;
        this.lake = LakeSettings.from(site.environment(), site.workspace());
    }

    /**
     * The table as somebody looked at it.
     *
     * @param state where the catalog says it lies
     * @param rows all there are
     * @param named rows that name the person, by day
     */
    record Seen(String state, long rows, NavigableMap<LocalDate, Long> named) {}

    /** Looks through every row of the present state. */
    Seen look() throws IOException {
        try (LakeCatalog catalog = lake.readOnly().open()) {
            EventsTable events = EventsTable.find(catalog).orElseThrow();
            TableMetadata current =
                    ((HasTableOperations) events.table()).operations().current();
            NavigableMap<LocalDate, Long> named = new TreeMap<>();
            long rows = 0;
            if (current.currentSnapshot() != null) {
                Dataset<Row> table = at(current.currentSnapshot().snapshotId(), lake.readOnly());
                for (Row day : table.groupBy(EventsTable.DAY)
                        .agg(count(lit(1)), count_if(isNamed(table)))
                        .collectAsList()) {
                    rows += day.getLong(1);
                    if (day.getLong(2) > 0) {
                        named.put(day.getDate(0).toLocalDate(), day.getLong(2));
                    }
                }
            }
            return new Seen(current.metadataFileLocation(), rows, named);
        }
    }

    /** Days there are rows of. */
    NavigableSet<LocalDate> days() throws IOException {
        try (LakeCatalog catalog = lake.readOnly().open()) {
            return new TreeSet<>(
                    EventsTable.find(catalog).orElseThrow().rowsByDay().keySet());
        }
    }

    /** @throws dev.jangbu.kit.exit.JobFailure with HELD while the day is put */
    void erase(LocalDate day) throws Exception {
        site.holding(OF_DAYS, day, run -> {
            try (Connection lock = site.database().connect()) {
                LakeLock.share(lock, () -> replace(run, day));
            }
        });
    }

    private void replace(RunContext run, LocalDate day) throws Exception {
        LakeSettings held = lake.as(run.runId(), run.fence());
        DayReplacement replacement = new DayReplacement(held, run);
        long state = replacement.events().table().currentSnapshot().snapshotId();
        Dataset<Row> rows = at(state, held).where(col(EventsTable.DAY).equalTo(lit(day)));
        Row counted = rows.agg(count(lit(1)), count_if(isNamed(rows))).first();
        long before = counted.getLong(0);
        long named = counted.getLong(1);
        Map<String, String> origin =
                replacement.last().map(LakeSnapshot::origin).orElse(Map.of());
        site.log(ErasureLog.Entry.ofTable(Site.EVENTS, day, SparkPlaces.LAKE, run.runId(), before, named));
        run.summary().fact("rows", before - named).fact("erased", named);
        replacement.by(
                rows.where(not(isNamed(rows))),
                before - named,
                LakeSnapshot.ofErasure(day, before - named, run.runId(), origin));
    }

    /** Leaves the present state alone, and of the files only its own. */
    LakeTidying.Tidied forget() throws Exception {
        LakeTidying.Tidied[] tidied = new LakeTidying.Tidied[1];
        LocalDate today = BusinessCalendar.from(site.environment()).today(site.clock());
        site.holding(OF_TABLE, today, run -> {
            LakeSettings held = lake.as(run.runId(), run.fence());
            try (Connection lock = site.database().connect();
                    LakeCatalog catalog = held.open()) {
                EventsTable events = EventsTable.find(catalog).orElseThrow();
                LakeLock.alone(
                        lock,
                        () -> tidied[0] = new LakeTidying(events, held)
                                .forgetAll(run.runId(), site.clock().instant()));
            }
            run.summary().fact("states", tidied[0].states()).fact("files", tidied[0].files());
        });
        return tidied[0];
    }

    private Dataset<Row> at(long snapshot, LakeSettings settings) {
        return settings.session(spark.session())
                .read()
                .option("snapshot-id", snapshot)
                .table(EventsTable.IN_SQL);
    }

    /** By a function, so that the id stands in no plan of Spark's, which are logged. Texts are parted by a line's end. */
    private Column isNamed(Dataset<Row> table) {
        Subject person = site.person();
        UDF1<String, Boolean> names = person::isIn;
        Column[] texts = Arrays.stream(table.schema().fields())
                .filter(field -> field.dataType().equals(DataTypes.StringType))
                .map(field -> col(field.name()))
                .toArray(Column[]::new);
        Column isInText = udf(names, DataTypes.BooleanType).apply(concat_ws("\n", texts));
        if (person.isWord()) {
            return isInText;
        }
        UDF1<String, Boolean> is = person.id()::equals;
        return udf(is, DataTypes.BooleanType).apply(col("user_id")).or(isInText);
    }
}
