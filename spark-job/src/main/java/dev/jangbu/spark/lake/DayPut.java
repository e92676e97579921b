package dev.jangbu.spark.lake;

import static org.apache.spark.sql.functions.col;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.spark.events.CheckedFiles;
import dev.jangbu.spark.events.CleanDaySource;
import dev.jangbu.spark.events.CleanEvents;
import dev.jangbu.spark.session.SparkStart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** One day of clean files in the place of the lake's: in one commit, or not at all where the lake has these files. */
final class DayPut {
    private final RunContext context;
    private final DataSource database;
    private final SparkStart spark;
    private final LakeSettings lake;
    private @Nullable CheckedFiles files;
    private @Nullable DayReplacement replacement;
    private boolean isThere;

    DayPut(RunContext context, DataSource database, SparkStart spark, LakeSettings lake) {
        this.context = context;
        this.database = database;
        this.spark = spark;
        this.lake = lake.as(context.runId(), context.fence());
    }

    /** Reads what is to be put, and what is there. */
    void look() throws SQLException {
        files = CleanDaySource.files(context, database);
        Manifest manifest = files.manifest();
        replacement = new DayReplacement(lake, context);
        isThere = replacement
                .last()
                .map(last -> last.files().equals(FilesDigest.of(manifest)))
                .orElse(false);
        context.summary().fact("rows", manifest.rows()).fact("changed", !isThere);
    }

    void write() throws Exception {
        if (isThere) {
            return;
        }
        CheckedFiles given = Objects.requireNonNull(files);
        given.requireUnchanged();
        SparkSession session = lake.session(spark.session());
        Dataset<Row> events = new CleanEvents(session, given, read()).keep();
        try {
            DayReplacement day = Objects.requireNonNull(replacement);
            LakeLock.share(
                    database,
                    () -> day.by(events.select(typed()), given.manifest().rows(), told(given.manifest())));
        } finally {
            events.unpersist();
        }
    }

    private Map<String, String> told(Manifest manifest) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("files-sha256", FilesDigest.of(manifest));
        origin.put(
                "manifest-sha256",
                CheckedFiles.digest(Objects.requireNonNull(files).day().manifestFile()));
        origin.put("clean-run", manifest.runId());
        origin.put("source", manifest.source());
        origin.put("profile", manifest.profile());
        return LakeSnapshot.ofPut(context.businessDate(), manifest.rows(), context.runId(), origin);
    }

    /** Texts, but for the time: what they are in the lake is told by {@link #typed}, which refuses what does not fit. */
    private static StructType read() {
        StructType columns = new StructType();
        for (Map.Entry<String, String> column : EventsTable.columnsOfFiles()) {
            columns = columns.add(
                    column.getKey(),
                    column.getKey().equals("occurred_at") ? DataTypes.TimestampType : DataTypes.StringType);
        }
        return columns;
    }

    private static Column[] typed() {
        List<Column> columns = new ArrayList<>(List.of(col(EventsTable.DAY)));
        EventsTable.columnsOfFiles()
                .forEach(column ->
                        columns.add(col(column.getKey()).cast(column.getValue()).as(column.getKey())));
        return columns.toArray(Column[]::new);
    }
}
