package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.count_if;
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

    @Override
    public Dataset<Row> of(Dataset<Row> facts) {
        return SessionFacts.visits(facts)
                .groupBy("event_date", "hour", "platform")
                .agg(
                        sum("events").as("event_count"),
                        countDistinct("user_id").as("user_count"),
                        count_if(SessionFacts.has(Marks.FIRST_OF_HOUR)).as("session_count"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("hour"), col("platform")};
    }
}
