package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row a session of the day: its events in order of (time, event id) as text, how many, how long from the first to the
 * last, and whether one was a purchase. A session over midnight has a row on either day.
 */
final class SessionSequences implements Aggregation {
    static final String NAME = "session_sequences";

    private static final String BETWEEN = " > ";
    private static final long MICROS = 1_000_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Dataset<Row> of(Dataset<Row> events) {
        Column inOrder = sort_array(collect_list(struct("occurred_at", "event_id", "event_type")));
        Column micros = unix_micros(max("occurred_at")).minus(unix_micros(min("occurred_at")));
        return events.groupBy("event_date", "session_id")
                .agg(
                        array_join(inOrder.getField("event_type"), BETWEEN).as("event_sequence"),
                        count(lit(1)).as("event_count"),
                        micros.cast("DECIMAL(18, 0)")
                                .divide(lit(MICROS))
                                .cast("DECIMAL(12, 6)")
                                .as("duration_seconds"),
                        bool_or(col("event_type").equalTo("purchase")).as("is_purchased"));
    }
}
