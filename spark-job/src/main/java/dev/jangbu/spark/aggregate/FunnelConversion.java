package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Day × platform: users at each of the four steps from a look to a purchase, and the shares that went on. */
final class FunnelConversion implements Aggregation {
    @Override
    public String name() {
        return "funnel_conversion";
    }

    /** A user is looked at once a platform, so that distinct users are plain counts of flags. */
    @Override
    public Dataset<Row> of(Dataset<Row> events) {
        return events.groupBy("event_date", "platform", "user_id")
                .agg(
                        did("page_view").as("is_viewer"),
                        did("click").as("is_clicker"),
                        did("add_to_cart").as("is_cart_adder"),
                        did("purchase").as("is_purchaser"))
                .groupBy("event_date", "platform")
                .agg(
                        count_if(col("is_viewer")).as("step1_viewers"),
                        count_if(col("is_clicker")).as("step2_clickers"),
                        count_if(col("is_cart_adder")).as("step3_cart_adders"),
                        count_if(col("is_purchaser")).as("step4_purchasers"))
                .withColumn("view_to_click_rate", Rates.percent("step2_clickers", "step1_viewers"))
                .withColumn("click_to_cart_rate", Rates.percent("step3_cart_adders", "step2_clickers"))
                .withColumn("cart_to_purchase_rate", Rates.percent("step4_purchasers", "step3_cart_adders"))
                .withColumn("overall_conversion_rate", Rates.percent("step4_purchasers", "step1_viewers"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("platform")};
    }

    private static Column did(String eventType) {
        return bool_or(col("event_type").equalTo(eventType));
    }
}
