package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row a session of the day: its events in order of (time, event id) as text, how many, how long from the first to the
 * last, and whether one was a purchase. A session over midnight has a row on either day.
 */
final class SessionSequences implements Aggregation {
    private static final long MICROS = 1_000_000;

    @Override
    public String name() {
        return "session_sequences";
    }

    @Override
    public Dataset<Row> of(Dataset<Row> facts) {
        return SessionFacts.sessions(facts)
                .select(
                        col("event_date"),
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
