package dev.jangbu.spark.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.jangbu.transform.fast.CleanHeader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A day's clean files as a dataset, one row an event: {@code event_date} (date), {@code event_id}, {@code event_type},
 * {@code user_id}, {@code session_id} (text), {@code occurred_at} (timestamp), {@code platform}, {@code product_id},
 * {@code products} (text, JSON); or other columns. NULL and an empty text are two things, as COPY has them.
 */
public final class CleanEvents {
    private static final String EVENT_DATE = "event_date";
    private static final String OCCURRED_AT = "occurred_at";
    /** Stands for NULL while texts are read: PostgreSQL holds no such text, so no clean row does. */
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

    public CleanEvents(SparkSession spark, PublishedFiles files) {
        this(spark, files, USUAL);
    }

    /** @param columns of clean files, {@code occurred_at} among them; {@code event_date} comes by itself */
    public CleanEvents(SparkSession spark, PublishedFiles files, StructType columns) {
        this.spark = spark;
        this.files = files;
        this.columns = columns;
    }

    /** The columns every reader gets, of a table that has them already. */
    public static List<Column> columns() {
        return Stream.concat(Arrays.stream(USUAL.fieldNames()), Stream.of(EVENT_DATE))
                .map(functions::col)
                .toList();
    }

    /**
     * A day's events that lie in no file.
     *
     * @param rows as a clean file has them, without their line breaks
     */
    public static Dataset<Row> of(SparkSession spark, JavaRDD<String> rows, LocalDate day) {
        List<String> header = List.of(new String(CleanHeader.line(), StandardCharsets.US_ASCII)
                .strip()
                .split(","));
        Dataset<Row> texts = spark.read()
                .schema(texts(header))
                .option("lineSep", "\n")
                .option("escape", "\"")
                .option("nullValue", NO_TEXT)
                .csv(spark.createDataset(rows.rdd(), Encoders.STRING()));
        return typed(texts, USUAL, day);
    }

    /**
     * The day's events, read once and kept; {@link Dataset#unpersist} when done. Whoever reads them fails with a
     * {@link dev.jangbu.kit.exit.JobFailure} where a file has other than the manifest's rows.
     */
    public Dataset<Row> keep() {
        return rows().persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** The same, read as often as it is asked for. */
    public Dataset<Row> rows() {
        return typed(read(), columns, files.manifest().businessDate());
    }

    private Dataset<Row> read() {
        Iterator<String> urls = files.urls().iterator();
        List<CleanFile> parts = files.manifest().files().stream()
                .map(file -> new CleanFile(urls.next(), file.rows()))
                .toList();
        return spark.read()
                .format(CleanFileSource.class.getName())
                .schema(read(columns))
                .option(CleanFileSource.FILES, CleanFile.text(parts))
                .option(CleanFileSource.REMEDY, files.remedy())
                .load();
    }

    /** A value that is not of its column's type fails the reading: what was checked is. */
    private static Dataset<Row> typed(Dataset<Row> texts, StructType columns, LocalDate day) {
        Column[] typed = Arrays.stream(columns.fields())
                .map(field -> field.dataType().equals(DataTypes.StringType)
                        ? col(field.name())
                        : col(field.name()).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        return texts.select(typed).withColumn(EVENT_DATE, lit(day));
    }

    /** As a clean file's reader gives them: the rest is made of texts. */
    private static StructType read(StructType columns) {
        return new StructType(Arrays.stream(columns.fields())
                .map(field -> field.dataType().equals(DataTypes.TimestampType)
                        ? field
                        : DataTypes.createStructField(field.name(), DataTypes.StringType, true))
                .toArray(StructField[]::new));
    }

    private static StructType texts(List<String> names) {
        return new StructType(names.stream()
                .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
                .toArray(StructField[]::new));
    }
}
