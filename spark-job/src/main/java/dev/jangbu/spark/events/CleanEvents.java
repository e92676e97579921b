package dev.jangbu.spark.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.fast.CleanHeader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A day's clean files as a dataset, one row an event: {@code event_date} (date), {@code event_id}, {@code event_type},
 * {@code user_id}, {@code session_id} (text), {@code occurred_at} (timestamp), {@code platform}, {@code product_id},
 * {@code products} (text, JSON); or other columns. NULL and an empty text are two things, as COPY has them.
 */
public final class CleanEvents {
    private static final Logger log = LoggerFactory.getLogger(CleanEvents.class);

    private static final String EVENT_DATE = "event_date";
    private static final String OCCURRED_AT = "occurred_at";
    /** Stands for NULL while a file is read: PostgreSQL holds no such text, so no clean file does. */
    private static final String NO_TEXT = "\u0000";

    private static final StructType USUAL = new StructType()
            .add("event_id", DataTypes.StringType)
            .add("event_type", DataTypes.StringType)
            .add("user_id", DataTypes.StringType)
            .add("session_id", DataTypes.StringType)
            .add(OCCURRED_AT, DataTypes.TimestampType)
            .add("platform", DataTypes.StringType)
            .add("product_id", DataTypes.StringType)
            .add("products", DataTypes.StringType);

    private final SparkSession spark;
    private final PublishedFiles files;
    private final StructType columns;
    private final List<String> names;

    public CleanEvents(SparkSession spark, PublishedFiles files) {
        this(spark, files, USUAL);
    }

    /** @param columns of clean files, {@code occurred_at} among them; {@code event_date} comes by itself */
    public CleanEvents(SparkSession spark, PublishedFiles files, StructType columns) {
        this.spark = spark;
        this.files = files;
        this.columns = columns;
        this.names = List.of(columns.fieldNames());
    }

    /** The columns every reader gets, of a table that has them already. */
    public static List<Column> columns() {
        return Stream.concat(Arrays.stream(USUAL.fieldNames()), Stream.of(EVENT_DATE))
                .map(functions::col)
                .toList();
    }

    /**
     * A day's events that lie in no file, kept; {@link Dataset#unpersist} when done.
     *
     * @param rows as a clean file has them, without their line breaks
     */
    public static Dataset<Row> keep(SparkSession spark, JavaRDD<String> rows, LocalDate day) {
        String[] header = new String(CleanHeader.line(), StandardCharsets.US_ASCII)
                .strip()
                .split(",");
        Dataset<Row> texts =
                reader(spark, List.of(header), true).csv(spark.createDataset(rows.rdd(), Encoders.STRING()));
        return typed(texts, USUAL, day).persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * The day's events, read once and kept; {@link Dataset#unpersist} when done. Files are split among the cores at line
     * breaks, which is right unless a text holds one: then there are more rows than the manifest says, and files are read
     * again, each by one core.
     *
     * @throws JobFailure when there are other than the manifest's rows
     */
    public Dataset<Row> keep() {
        if (files.urls().isEmpty()) {
            return typed(spark.createDataFrame(List.of(), texts(names)), columns, day())
                    .persist(StorageLevel.MEMORY_AND_DISK());
        }
        long expected = files.manifest().rows();
        Dataset<Row> split = read(false).persist(StorageLevel.MEMORY_AND_DISK());
        Counted found = Counted.of(split);
        if (found.isWhole(expected)) {
            return split;
        }
        split.unpersist(true);
        log.info("found=\"{}\" expected={} state=reading_again reason=\"a text holds a line break\"", found, expected);
        return whole(expected);
    }

    private Dataset<Row> whole(long expected) {
        Dataset<Row> whole = read(true).persist(StorageLevel.MEMORY_AND_DISK());
        Counted found = Counted.of(whole);
        if (!found.isWhole(expected)) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    files.folder() + ": " + found + " (expected: " + expected + " of both, as " + files.manifestFile()
                            + " says); " + files.remedy());
        }
        return whole;
    }

    /** What was read: a row without a time is part of a row that was torn at a line break. */
    private record Counted(long rows, long times) {
        static Counted of(Dataset<Row> events) {
            Row counted = events.agg(count(lit(1)), count(col(OCCURRED_AT))).first();
            return new Counted(counted.getLong(0), counted.getLong(1));
        }

        boolean isWhole(long expected) {
            return rows == expected && times == expected;
        }

        @Override
        public String toString() {
            return rows + " rows with " + times + " times";
        }
    }

    private Dataset<Row> read(boolean linesMayBreak) {
        Dataset<Row> texts = reader(spark, header(), linesMayBreak)
                .option("header", true)
                .option("enforceSchema", false)
                .csv(files.urls().toArray(String[]::new));
        return typed(texts, columns, day());
    }

    private static DataFrameReader reader(SparkSession spark, List<String> header, boolean linesMayBreak) {
        return spark.read()
                .schema(texts(header))
                .option("multiLine", linesMayBreak)
                .option("lineSep", "\n")
                .option("escape", "\"")
                .option("nullValue", NO_TEXT);
    }

    private static Dataset<Row> typed(Dataset<Row> texts, StructType columns, LocalDate day) {
        Column[] typed = Arrays.stream(columns.fields())
                .map(field -> field.dataType().equals(DataTypes.StringType)
                        ? col(field.name())
                        : col(field.name()).try_cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        return texts.select(typed).withColumn(EVENT_DATE, lit(day));
    }

    private LocalDate day() {
        return files.manifest().businessDate();
    }

    private List<String> header() {
        Manifest.Entry first = files.manifest().files().get(0);
        String file = files.urls().get(0);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(files.open(first), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            List<String> found = line == null ? List.of() : Arrays.asList(line.split(",", -1));
            if (found.containsAll(names)) {
                return found;
            }
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": columns " + found + " (expected: among them " + names + "); " + files.remedy());
        } catch (IOException failure) {
            throw new JobFailure(ExitCode.FAILED, "cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static StructType texts(List<String> names) {
        return new StructType(names.stream()
                .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
                .toArray(StructField[]::new));
    }
}
