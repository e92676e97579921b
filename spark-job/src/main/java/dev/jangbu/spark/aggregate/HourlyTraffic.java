package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Day × hour of the business zone × platform: events, users, sessions. An hour without events has no row. */
final class HourlyTraffic implements Aggregation {
    @Override
    public String name() {
        return "hourly_traffic";
    }

    /** First to one row a session and hour: what is counted without repeats is then a fraction of the events. */
    @Override
    public Dataset<Row> of(Dataset<Row> events) {
        return events.groupBy(
                        col("event_date"),
                        hour(col("occurred_at")).as("hour"),
                        col("platform"),
                        col("user_id"),
                        col("session_id"))
                .agg(count(lit(1)).as("events"))
                .groupBy("event_date", "hour", "platform")
                .agg(
                        sum("events").as("event_count"),
                        countDistinct("user_id").as("user_count"),
                        countDistinct("session_id").as("session_count"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("hour"), col("platform")};
    }
}
