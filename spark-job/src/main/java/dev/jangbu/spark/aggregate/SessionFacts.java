package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of a day did, in fewer rows than the day has events. All tables are computed from it, so that events
 * are read, carried and sorted once. Four kinds of rows share their columns, which are few because each is kept.
 */
final class SessionFacts {
    /** Places in an event's row. */
    static final int DAY = 1;

    static final int SESSION_ID = 2;
    static final int AT = 3;
    static final int EVENT_ID = 4;
    static final int EVENT_TYPE = 5;
    static final int HOUR = 6;
    static final int PLATFORM = 7;
    static final int USER_ID = 8;
    static final int PRODUCT_ID = 9;
    static final int PRODUCTS = 10;

    private static final int SESSION = 0;
    private static final int VISIT = 1;
    private static final int TOUCH = 2;
    private static final int BOUGHT = 3;

    private static final StructType FACT = new StructType()
            .add("what", DataTypes.IntegerType, false)
            .add("day", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType)
            .add("user_id", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("marks", DataTypes.IntegerType, false)
            .add("one", DataTypes.LongType, false)
            .add("other", DataTypes.LongType, false);

    private SessionFacts() {}

    /**
     * Events are sorted, which goes to the disk where memory ends, and read session by session: none is ever held whole. A
     * number stands before the id because comparing numbers is cheap, and ids of one day begin alike. They are read as
     * Spark holds them: to make Java's texts of them takes as long as all that is done with them.
     */
    static Dataset<Row> of(Dataset<Row> events) {
        Column key = xxhash64(col("session_id")).as("key");
        Dataset<Row> sorted = events.select(
                        key,
                        unix_date(col("event_date")).as("day"),
                        col("session_id"),
                        unix_micros(col("occurred_at")).as("at"),
                        col("event_id"),
                        col("event_type"),
                        hour(col("occurred_at")).as("hour"),
                        col("platform"),
                        col("user_id"),
                        col("product_id"),
                        col("products"))
                .repartition(col("key"))
                .sortWithinPartitions("key", "day", "session_id", "at", "event_id");
        RDD<InternalRow> facts = ((org.apache.spark.sql.classic.Dataset<Row>) sorted)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(SessionReading::new)
                .rdd();
        return ((SparkSession) events.sparkSession()).internalCreateDataFrame(facts, FACT, false);
    }

    /** {@code session_id}, {@code event_sequence}, {@code event_count}, {@code micros}, {@code is_purchased}. */
    static Dataset<Row> sessions(Dataset<Row> facts) {
        return kind(
                facts,
                SESSION,
                col("name").as("session_id"),
                col("text").as("event_sequence"),
                col("one").as("event_count"),
                col("other").as("micros"),
                has(Marks.PURCHASE).as("is_purchased"));
    }

    /** {@code platform}, {@code user_id}, {@code hour}, {@code marks}, {@code events}; a user's may be several. */
    static Dataset<Row> visits(Dataset<Row> facts) {
        return kind(
                facts,
                VISIT,
                col("name").as("platform"),
                col("user_id"),
                col("other").cast(DataTypes.IntegerType).as("hour"),
                col("marks"),
                col("one").as("events"));
    }

    /** {@code product_id}, {@code user_id}, {@code clicks}, {@code carts}; a user's may be several. */
    static Dataset<Row> touches(Dataset<Row> facts) {
        return kind(
                facts,
                TOUCH,
                col("name").as("product_id"),
                col("user_id"),
                col("one").as("clicks"),
                col("other").as("carts"));
    }

    /** {@code event_id}, {@code user_id}, {@code products}. */
    static Dataset<Row> purchases(Dataset<Row> facts) {
        return kind(
                facts,
                BOUGHT,
                col("name").as("event_id"),
                col("user_id"),
                col("text").as("products"));
    }

    /** Whether a row is marked so. */
    static Column has(int mark) {
        return col("marks").bitwiseAND(mark).notEqual(0);
    }

    static InternalRow session(
            int day, @Nullable UTF8String id, UTF8String sequence, int marks, long events, long micros) {
        return row(SESSION, day, id, null, sequence, marks, events, micros);
    }

    static InternalRow visit(
            int day, @Nullable UTF8String platform, @Nullable UTF8String user, int marks, long events, int hour) {
        return row(VISIT, day, platform, user, null, marks, events, hour);
    }

    static InternalRow touch(int day, UTF8String product, @Nullable UTF8String user, long clicks, long carts) {
        return row(TOUCH, day, product, user, null, 0, clicks, carts);
    }

    static InternalRow purchase(int day, @Nullable UTF8String event, @Nullable UTF8String user, UTF8String products) {
        return row(BOUGHT, day, event, user, products, 0, 0, 0);
    }

    private static Dataset<Row> kind(Dataset<Row> facts, int what, Column... columns) {
        Column[] all = new Column[columns.length + 1];
        all[0] = date_from_unix_date(col("day")).as("event_date");
        System.arraycopy(columns, 0, all, 1, columns.length);
        return facts.where(col("what").equalTo(what)).select(all);
    }

    private static InternalRow row(
            int what,
            int day,
            @Nullable UTF8String name,
            @Nullable UTF8String user,
            @Nullable UTF8String text,
            int marks,
            long one,
            long other) {
        return new GenericInternalRow(new Object[] {what, day, name, user, text, marks, one, other});
    }
}
