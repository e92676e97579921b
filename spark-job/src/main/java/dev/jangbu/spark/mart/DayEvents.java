package dev.jangbu.spark.mart;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.mart.build.SourceDay;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.spark.events.CheckedFiles;
import dev.jangbu.spark.events.CleanEvents;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.transform.fast.CleanHeader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A day's events as {@code raw.raw_events} holds them, for the marts of one process: read once out of the clean files that were
 * loaded, and kept. Of one thread.
 */
final class DayEvents implements AutoCloseable {
    private static final DataType AMOUNT = DataTypes.createDecimalType(14, 2);

    /** All of a clean file's. */
    static final List<String> HEADER = List.of(
            new String(CleanHeader.line(), StandardCharsets.US_ASCII).strip().split(","));

    /** As in the table; all others are text. */
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("occurred_at", DataTypes.TimestampType),
            Map.entry("position", DataTypes.IntegerType),
            Map.entry("quantity", DataTypes.IntegerType),
            Map.entry("unit_price", AMOUNT),
            Map.entry("is_recommendation", DataTypes.BooleanType),
            Map.entry("total_amount", AMOUNT),
            Map.entry("discount_amount", AMOUNT),
            Map.entry("shipping_fee", AMOUNT),
            Map.entry("result_count", DataTypes.IntegerType),
            Map.entry("page_number", DataTypes.IntegerType));

    private final SparkStart spark;
    private final List<Mart> marts;
    private @Nullable Kept kept;

    private record Kept(Manifest clean, SparkSession session, Dataset<Row> events) {}

    /** @param marts that will be asked for: what their queries name is read */
    DayEvents(SparkStart spark, List<Mart> marts) {
        this.spark = spark;
        this.marts = List.copyOf(marts);
    }

    /**
     * A session in which {@code raw_events} is the day.
     *
     * @throws dev.jangbu.kit.exit.JobFailure when the clean files are not those of the load
     */
    SparkSession session(RunContext context, Connection connection, SourceDay.Load load) throws SQLException {
        DayFolder folder = context.workspace().clean(context.dataset(), Workspace.WHOLE_DAY, context.businessDate());
        String remedy = "run transform-job and load-job again: java -jar transform-job/target/transform-job.jar "
                + context.dataset() + " --ds " + context.businessDate();
        Manifest clean = context.readPublished(connection, folder, remedy);
        LoadedFiles.of(connection, load.runId()).require(clean);
        Kept before = kept;
        if (before != null && before.clean().equals(clean)) {
            return before.session();
        }
        close();
        CheckedFiles files = new CheckedFiles(folder, clean, remedy);
        files.requireUnchanged();
        Kept now = keep(clean, files);
        kept = now;
        return now.session();
    }

    @Override
    public void close() {
        Kept before = kept;
        if (before != null) {
            before.events().unpersist();
            kept = null;
        }
    }

    /** A session with PostgreSQL's functions; times and days come out of it as java.time has them. */
    static SparkSession session(SparkStart spark) {
        SparkSession session = spark.session().newSession();
        session.conf().set("spark.sql.datetime.java8API.enabled", true);
        JsonFunctions.register(session);
        return session;
    }

    /** As {@code raw.raw_events} has it. */
    static DataType type(String column) {
        return TYPES.getOrDefault(column, DataTypes.StringType);
    }

    private Kept keep(Manifest clean, CheckedFiles files) {
        SparkSession session = session(spark);
        Dataset<Row> events = new CleanEvents(session, files, columns()).keep();
        events.createOrReplaceTempView(Dialect.EVENTS);
        return new Kept(clean, session, events);
    }

    private StructType columns() {
        String queries = String.join("\n", marts.stream().map(Mart::query).toList());
        return new StructType(HEADER.stream()
                .filter(name -> !name.equals("event_date"))
                .filter(name -> name.equals("occurred_at")
                        || Pattern.compile("\\b" + name + "\\b")
                                .matcher(queries)
                                .find())
                .map(name -> DataTypes.createStructField(name, type(name), true))
                .toArray(StructField[]::new));
    }
}
