-- What the clean files bring: three reports, each of which has a day as a whole.
CREATE TEMPORARY TABLE incoming_web_daily ON COMMIT DROP AS
SELECT
    account_id,
    traffic_source,
    traffic_date,
    channel_group,
    source_name,
    medium,
    sessions,
    users,
    purchases,
    revenue,
    is_approximate,
    source_hash,
    observed_at
FROM raw.web_daily
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_web_item_daily ON COMMIT DROP AS
SELECT
    account_id,
    traffic_date,
    item_id,
    item_name,
    items_viewed,
    items_added_to_cart,
    items_purchased,
    item_revenue,
    is_approximate,
    source_hash,
    observed_at
FROM raw.web_item_daily
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_web_transaction ON COMMIT DROP AS
SELECT
    account_id,
    traffic_date,
    transaction_id,
    purchases,
    revenue,
    is_approximate,
    source_hash,
    observed_at
FROM raw.web_transaction
WITH NO DATA;
