package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * One row a session of the day: its events in order of (time, event id) as text, how many, how long from the first to the
 * last, and whether one was a purchase. A session over midnight has a row on either day.
 */
final class SessionSequences implements Aggregation {
    static final String NAME = "session_sequences";

    private static final long MICROS = 1_000_000;

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Events are sorted, which goes to the disk where memory ends, and read session by session: none is ever held whole.
     * A number stands before the id because comparing numbers is cheap, and ids of one day begin alike.
     */
    @Override
    public Dataset<Row> of(Dataset<Row> events) {
        return events.select(
                        unix_date(col("event_date")).as("day"),
                        col("session_id"),
                        unix_micros(col("occurred_at")).as("at"),
                        col("event_id"),
                        col("event_type"))
                .repartition(col("day"), col("session_id"))
                .sortWithinPartitions(
                        xxhash64(col("session_id")), col("day"), col("session_id"), col("at"), col("event_id"))
                .select(SessionReading.EVENT)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) SessionReading::new, Encoders.row(SessionReading.SESSION))
                .select(
                        date_from_unix_date(col("day")).as("event_date"),
                        col("session_id"),
                        col("event_sequence"),
                        col("event_count"),
                        col("micros")
                                .cast("DECIMAL(18, 0)")
                                .divide(lit(MICROS))
                                .cast("DECIMAL(12, 6)")
                                .as("duration_seconds"),
                        col("is_purchased"));
    }
}
