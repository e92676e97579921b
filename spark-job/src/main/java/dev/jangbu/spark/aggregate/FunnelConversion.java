package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.bit_or;
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
    public Dataset<Row> of(Dataset<Row> facts) {
        return SessionFacts.visits(facts)
                .groupBy("event_date", "platform", "user_id")
                .agg(bit_or(col("marks")).as("marks"))
                .groupBy("event_date", "platform")
                .agg(
                        count_if(SessionFacts.has(Marks.VIEW)).as("step1_viewers"),
                        count_if(SessionFacts.has(Marks.CLICK)).as("step2_clickers"),
                        count_if(SessionFacts.has(Marks.CART)).as("step3_cart_adders"),
                        count_if(SessionFacts.has(Marks.PURCHASE)).as("step4_purchasers"))
                .withColumn("view_to_click_rate", Rates.percent("step2_clickers", "step1_viewers"))
                .withColumn("click_to_cart_rate", Rates.percent("step3_cart_adders", "step2_clickers"))
                .withColumn("cart_to_purchase_rate", Rates.percent("step4_purchasers", "step3_cart_adders"))
                .withColumn("overall_conversion_rate", Rates.percent("step4_purchasers", "step1_viewers"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("platform")};
    }
}
