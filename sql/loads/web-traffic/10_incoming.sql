-- What the clean files bring.
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
