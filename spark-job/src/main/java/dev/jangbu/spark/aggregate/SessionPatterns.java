package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sequences of events that sessions had: how many sessions, how long they took in the mean, how many of them bought. */
final class SessionPatterns implements Aggregation {
    private static final int DECIMALS = 3;

    @Override
    public String name() {
        return "session_patterns";
    }

    @Override
    public Dataset<Row> of(Dataset<Row> facts) {
        return new SessionSequences()
                .of(facts)
                .groupBy("event_date", "event_sequence")
                .agg(
                        count(lit(1)).as("session_count"),
                        round(avg("duration_seconds"), DECIMALS)
                                .cast("DECIMAL(12, 3)")
                                .as("mean_seconds"),
                        count_if(col("is_purchased")).as("purchase_session_count"))
                .withColumn("purchase_rate", Rates.percent("purchase_session_count", "session_count"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("session_count").desc(), col("event_sequence")};
    }
}
