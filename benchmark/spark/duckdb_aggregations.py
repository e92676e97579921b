"""The yardstick of spark-job on one machine: the same tables in DuckDB.

Usage: duckdb_aggregations.py OUT THREADS FILE...
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

READ = """
CREATE TABLE events AS
SELECT
    event_id, event_type, user_id, session_id, platform, product_id, extra_data.products AS products,
    CAST("timestamp" AS TIMESTAMPTZ) AS occurred_at, CAST(CAST("timestamp" AS TIMESTAMPTZ) AS DATE) AS event_date
FROM read_json(?, format = 'newline_delimited', maximum_object_size = 1048576, columns = {
    event_id: 'VARCHAR', event_type: 'VARCHAR', user_id: 'VARCHAR', session_id: 'VARCHAR', "timestamp": 'VARCHAR',
    platform: 'VARCHAR', product_id: 'VARCHAR',
    extra_data: 'STRUCT(products STRUCT(product_id VARCHAR, quantity BIGINT, unit_price DECIMAL(18, 2))[])'})
"""
TABLES = {
    "funnel_conversion": """
        WITH per_user AS (
            SELECT
                event_date, platform, user_id,
                bool_or(event_type = 'page_view') AS viewed, bool_or(event_type = 'click') AS clicked,
                bool_or(event_type = 'add_to_cart') AS carted, bool_or(event_type = 'purchase') AS bought
            FROM events GROUP BY ALL
        )
        SELECT
            event_date, platform, count_if(viewed) AS step1_viewers, count_if(clicked) AS step2_clickers,
            count_if(carted) AS step3_cart_adders, count_if(bought) AS step4_purchasers,
            round(100.0 * step2_clickers / nullif(step1_viewers, 0), 2) AS view_to_click_rate,
            round(100.0 * step3_cart_adders / nullif(step2_clickers, 0), 2) AS click_to_cart_rate,
            round(100.0 * step4_purchasers / nullif(step3_cart_adders, 0), 2) AS cart_to_purchase_rate,
            round(100.0 * step4_purchasers / nullif(step1_viewers, 0), 2) AS overall_conversion_rate
        FROM per_user GROUP BY ALL ORDER BY ALL""",
    "hourly_traffic": """
        SELECT
            event_date, hour(occurred_at) AS hour, platform, count(*) AS event_count,
            count(DISTINCT user_id) AS user_count, count(DISTINCT session_id) AS session_count
        FROM events GROUP BY ALL ORDER BY ALL""",
    "product_conversion": """
        WITH lines AS (
            SELECT event_date, event_id, user_id, unnest(products) AS line FROM events WHERE event_type = 'purchase'
        ),
        sold AS (
            SELECT
                event_date, line.product_id AS product_id, count(DISTINCT event_id) AS purchase_count,
                sum(line.quantity * line.unit_price) AS revenue, sum(line.quantity) AS units_sold,
                count(DISTINCT user_id) AS unique_buyers
            FROM lines GROUP BY ALL
        ),
        touched AS (
            SELECT
                event_date, product_id, count_if(event_type = 'click') AS click_count,
                count_if(event_type = 'add_to_cart') AS cart_add_count,
                count(DISTINCT user_id) FILTER (WHERE event_type = 'click') AS unique_viewers
            FROM events WHERE event_type IN ('click', 'add_to_cart') AND product_id IS NOT NULL GROUP BY ALL
        )
        SELECT
            event_date, product_id, coalesce(click_count, 0) AS click_count,
            coalesce(cart_add_count, 0) AS cart_add_count, coalesce(purchase_count, 0) AS purchase_count,
            coalesce(revenue, 0) AS revenue, coalesce(units_sold, 0) AS units_sold,
            coalesce(touched.unique_viewers, 0) AS unique_viewers, coalesce(sold.unique_buyers, 0) AS unique_buyers,
            round(100.0 * coalesce(sold.unique_buyers, 0) / nullif(touched.unique_viewers, 0), 2) AS conversion_rate
        FROM touched FULL JOIN sold USING (event_date, product_id) ORDER BY ALL""",
    "session_sequences": """
        SELECT
            event_date, session_id,
            string_agg(event_type, ' > ' ORDER BY occurred_at, event_id) AS event_sequence, count(*) AS event_count,
            (epoch_us(max(occurred_at)) - epoch_us(min(occurred_at))) / 1000000 AS duration_seconds,
            bool_or(event_type = 'purchase') AS is_purchased
        FROM events GROUP BY ALL""",
    "session_patterns": """
        SELECT
            event_date, event_sequence, count(*) AS session_count,
            round(avg(duration_seconds), 3) AS mean_seconds, count_if(is_purchased) AS purchase_session_count,
            round(100.0 * count_if(is_purchased) / count(*), 2) AS purchase_rate
        FROM session_sequences GROUP BY ALL ORDER BY session_count DESC, event_sequence""",
}


def main(out: str, threads: str, *files: str) -> None:
    connection = duckdb.connect(config={"threads": threads})
    connection.execute("SET TimeZone = 'Asia/Seoul'")
    connection.execute(READ, [list(files)])
    for name, query in TABLES.items():
        connection.execute(f"CREATE TABLE {name} AS {query}")
        Path(out, name).mkdir(parents=True, exist_ok=True)
        connection.execute(f"COPY {name} TO '{out}/{name}/part-0.parquet' (FORMAT parquet)")
        connection.execute(f"COPY {name} TO '{out}/{name}.csv' (FORMAT csv, HEADER)")
        print(name, connection.execute(f"SELECT count(*) FROM {name}").fetchone())


if __name__ == "__main__":
    main(*sys.argv[1:])
