"""The yardstick of spark-job: the same tables in PySpark, written as such scripts are commonly written.

The schema is inferred; the events and each table are cached, looked at and written.
Usage: pyspark_aggregations.py OUT MASTER FILE...
"""

from __future__ import annotations

import sys

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

STEPS = {
    "step1_viewers": "page_view",
    "step2_clickers": "click",
    "step3_cart_adders": "add_to_cart",
    "step4_purchasers": "purchase",
}


def percent(part: str, whole: str) -> F.Column:
    return F.round(
        F.when(F.col(whole) > 0, F.col(part) / F.col(whole) * 100).otherwise(F.lit(None)), 2
    )


def funnel_conversion(events: DataFrame) -> DataFrame:
    users = [
        F.countDistinct(F.when(F.col("event_type") == event_type, F.col("user_id"))).alias(step)
        for step, event_type in STEPS.items()
    ]
    return (
        events.groupBy("event_date", "platform")
        .agg(*users)
        .withColumn("view_to_click_rate", percent("step2_clickers", "step1_viewers"))
        .withColumn("click_to_cart_rate", percent("step3_cart_adders", "step2_clickers"))
        .withColumn("cart_to_purchase_rate", percent("step4_purchasers", "step3_cart_adders"))
        .withColumn("overall_conversion_rate", percent("step4_purchasers", "step1_viewers"))
    )


def hourly_traffic(events: DataFrame) -> DataFrame:
    return events.groupBy("event_date", "hour", "platform").agg(
        F.count("*").alias("event_count"),
        F.countDistinct("user_id").alias("user_count"),
        F.countDistinct("session_id").alias("session_count"),
    )


def product_conversion(events: DataFrame) -> DataFrame:
    clicks = (
        events.where((F.col("event_type") == "click") & F.col("product_id").isNotNull())
        .groupBy("event_date", "product_id")
        .agg(F.count("*").alias("click_count"), F.countDistinct("user_id").alias("unique_viewers"))
    )
    carts = (
        events.where((F.col("event_type") == "add_to_cart") & F.col("product_id").isNotNull())
        .groupBy("event_date", "product_id")
        .agg(F.count("*").alias("cart_add_count"))
    )
    purchases = (
        events.where(F.col("event_type") == "purchase")
        .select(
            "event_date", "event_id", "user_id", F.explode("extra_data.products").alias("product")
        )
        .groupBy("event_date", F.col("product.product_id").alias("product_id"))
        .agg(
            F.countDistinct("event_id").alias("purchase_count"),
            F.sum(F.col("product.quantity") * F.col("product.unit_price")).alias("revenue"),
            F.sum("product.quantity").alias("units_sold"),
            F.countDistinct("user_id").alias("unique_buyers"),
        )
    )
    key = ["event_date", "product_id"]
    return (
        clicks.join(carts, key, "outer")
        .join(purchases, key, "outer")
        .fillna(0)
        .withColumn("conversion_rate", percent("unique_buyers", "unique_viewers"))
    )


def session_sequences(events: DataFrame) -> DataFrame:
    in_order = F.sort_array(F.collect_list(F.struct("event_time", "event_id", "event_type")))
    return events.groupBy("event_date", "session_id").agg(
        F.concat_ws(" > ", in_order["event_type"]).alias("event_sequence"),
        F.count("*").alias("event_count"),
        (F.max("event_time").cast("double") - F.min("event_time").cast("double")).alias(
            "duration_seconds"
        ),
        F.max(F.col("event_type") == "purchase").alias("is_purchased"),
    )


def session_patterns(events: DataFrame) -> DataFrame:
    return (
        session_sequences(events)
        .groupBy("event_date", "event_sequence")
        .agg(
            F.count("*").alias("session_count"),
            F.round(F.avg("duration_seconds"), 3).alias("mean_seconds"),
            F.sum(F.col("is_purchased").cast("int")).alias("purchase_session_count"),
            F.round(F.avg(F.col("is_purchased").cast("int")) * 100, 2).alias("purchase_rate"),
        )
        .orderBy(F.desc("session_count"))
    )


def main(out: str, master: str, *files: str) -> None:
    spark = (
        SparkSession.builder.appName("yardstick")
        .master(master)
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "Asia/Seoul")
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    events = (
        spark.read.json(list(files))
        .withColumn("event_time", F.to_timestamp("timestamp"))
        .withColumn("event_date", F.to_date("event_time"))
        .withColumn("hour", F.hour("event_time"))
        .cache()
    )
    print(f"events: {events.count()}")
    for step in (
        funnel_conversion,
        hourly_traffic,
        product_conversion,
        session_sequences,
        session_patterns,
    ):
        table = step(events).cache()
        print(f"{step.__name__}: {table.count()} rows, such as {table.limit(3).collect()}")
        place = f"{out}/{step.__name__}"
        table.write.mode("overwrite").partitionBy("event_date").parquet(place)
        table.coalesce(1).write.mode("overwrite").option("header", True).csv(f"{place}.csv")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
