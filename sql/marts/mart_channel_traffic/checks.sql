-- #fail reconciles_with_raw: each analytics account's sessions and purchases of the day are all here
WITH in_raw AS (
    SELECT
        account_id,
        traffic_source,
        SUM(sessions) AS sessions,
        SUM(purchases) AS purchases
    FROM raw.web_daily
    WHERE traffic_date = :business_date
    GROUP BY account_id, traffic_source
),

in_mart AS (
    SELECT
        account_id,
        traffic_source,
        SUM(session_count) AS sessions,
        SUM(purchase_count) AS purchases
    FROM mart.mart_channel_traffic
    WHERE traffic_date = :business_date
    GROUP BY account_id, traffic_source
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.sessions AS mart_sessions,
    in_raw.sessions AS raw_sessions,
    in_mart.purchases AS mart_purchases,
    in_raw.purchases AS raw_purchases
FROM in_raw
FULL JOIN in_mart
    ON
        in_raw.account_id = in_mart.account_id
        AND in_raw.traffic_source = in_mart.traffic_source
WHERE
    in_mart.sessions IS DISTINCT FROM in_raw.sessions
    OR in_mart.purchases IS DISTINCT FROM in_raw.purchases;

-- #warn approximate: analytics gave exact figures
SELECT
    account_id,
    traffic_source
FROM mart.mart_channel_traffic
WHERE traffic_date = :business_date AND is_approximate
GROUP BY account_id, traffic_source;
