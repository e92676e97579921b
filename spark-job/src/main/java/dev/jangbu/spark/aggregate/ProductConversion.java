package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.parse_json;
import static org.apache.spark.sql.functions.schema_of_variant;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_variant_get;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Day × product: clicks and carts on it; purchases, units and revenue from the products of purchases; who looked and who
 * bought. The rows are those of {@code mart_product_daily}, by the same rules.
 */
final class ProductConversion implements Aggregation {
    private static final String UNKNOWN = "(unknown)";
    private static final String NUMBER = "DECIMAL(18, 4)";
    private static final String AMOUNT = "DECIMAL(14, 2)";

    @Override
    public String name() {
        return "product_conversion";
    }

    /** A full join: a product may be bought without a click on that day, and the other way round. */
    @Override
    public Dataset<Row> of(Dataset<Row> facts) {
        return touches(facts)
                .join(sales(facts), new String[] {"event_date", "product_id"}, "full_outer")
                .select(
                        col("event_date"),
                        col("product_id"),
                        orZero("click_count", "BIGINT"),
                        orZero("cart_add_count", "BIGINT"),
                        orZero("purchase_count", "BIGINT"),
                        orZero("revenue", AMOUNT),
                        orZero("units_sold", "BIGINT"),
                        orZero("unique_viewers", "BIGINT"),
                        orZero("unique_buyers", "BIGINT"))
                .withColumn("conversion_rate", Rates.percent("unique_buyers", "unique_viewers"));
    }

    @Override
    public Column[] order() {
        return new Column[] {col("product_id")};
    }

    /** A click may be on something that is no product; it counts for none. */
    private static Dataset<Row> touches(Dataset<Row> facts) {
        return SessionFacts.touches(facts)
                .groupBy("event_date", "product_id", "user_id")
                .agg(sum("clicks").as("clicks"), sum("carts").as("carts"))
                .groupBy("event_date", "product_id")
                .agg(
                        sum("clicks").as("click_count"),
                        sum("carts").as("cart_add_count"),
                        count_if(col("clicks").gt(0)).as("unique_viewers"));
    }

    /** A product on two lines of one purchase is one purchase of it. */
    private static Dataset<Row> sales(Dataset<Row> facts) {
        return lines(facts)
                .groupBy("event_date", "product_id")
                .agg(
                        countDistinct("event_id").as("purchase_count"),
                        countDistinct("user_id").as("unique_buyers"),
                        sum("quantity").as("units_sold"),
                        sum(col("quantity").multiply(col("unit_price"))).as("revenue"));
    }

    /** What is no list of products holds none. */
    private static Dataset<Row> lines(Dataset<Row> facts) {
        Column products = try_variant_get(parse_json(col("products")), "$", "ARRAY<VARIANT>");
        return SessionFacts.purchases(facts)
                .select(
                        col("event_date"),
                        col("event_id"),
                        col("user_id"),
                        explode(products).as("line"))
                .select(
                        col("event_date"),
                        col("event_id"),
                        col("user_id"),
                        coalesce(try_variant_get(col("line"), "$.product_id", "STRING"), lit(UNKNOWN))
                                .as("product_id"),
                        number("$.quantity").as("quantity"),
                        number("$.unit_price").as("unit_price"));
    }

    /** A profile may keep purchases whose products are not well formed: what is no number counts as nothing. */
    private static Column number(String path) {
        Column value = try_variant_get(col("line"), path, "VARIANT");
        Column isNumber = schema_of_variant(value).rlike("^(BIGINT|DECIMAL|DOUBLE)");
        return coalesce(when(isNumber, try_variant_get(col("line"), path, NUMBER)), lit(new BigDecimal("0.0000")));
    }

    private static Column orZero(String name, String type) {
        return coalesce(col(name), lit(0)).cast(type).as(name);
    }
}
