"""The marts of events, sales and card sales, as `sql/marts` has them (a test compares), and where they lie."""

from __future__ import annotations

import os

MARTS = ("mart_funnel_daily", "mart_orders", "mart_product_daily", "mart_user_daily")
SALES_MARTS = (
    "mart_coupon_effect",
    "mart_customer_daily",
    "mart_order_status",
    "mart_product_sales_daily",
    "mart_sales_daily",
)
TRAFFIC_MARTS = ("mart_channel_traffic",)
# Each with those it reads.
CARD_MARTS = {
    "mart_store_daily_spend": (),
    "mart_store_hourly_spend": (),
    "mart_store_weekly_spend": ("mart_store_daily_spend",),
    "mart_store_hour_profile": ("mart_store_hourly_spend",),
    "mart_card_anomaly": ("mart_store_weekly_spend", "mart_store_hour_profile"),
}
PREFIX = "jdbc:postgresql://"
LOCAL = "localhost:5432/jangbu"


def asset_uri(mart: str) -> str:
    """A mart's place as lineage tools write it: postgres://host:port/database/schema/table."""
    url = os.environ.get("JANGBU_DB_URL", "").strip()
    place = url.removeprefix(PREFIX).partition("?")[0] if url.startswith(PREFIX) else LOCAL
    server, _, database = place.partition("/")
    if ":" not in server:
        server += ":5432"
    return f"postgres://{server}/{database or 'jangbu'}/mart/{mart}"
