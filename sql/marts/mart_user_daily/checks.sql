-- #fail reconciles_with_raw: the day's events and amounts are all here, each once
WITH in_raw AS (
    SELECT
        COUNT(*) AS event_count,
        COALESCE(SUM(total_amount) FILTER (WHERE event_type = 'purchase'), 0) AS purchase_amount
    FROM raw.raw_events
    WHERE event_date = :business_date
),

in_mart AS (
    SELECT
        COALESCE(
            SUM(page_view_count + click_count + add_to_cart_count + purchase_count + search_count),
            0
        ) AS event_count,
        COALESCE(SUM(total_purchase_amount), 0) AS purchase_amount
    FROM mart.mart_user_daily
    WHERE activity_date = :business_date
)

SELECT
    in_mart.event_count AS mart_events,
    in_raw.event_count AS raw_events,
    in_mart.purchase_amount AS mart_amount,
    in_raw.purchase_amount AS raw_amount
FROM in_raw
CROSS JOIN in_mart
WHERE
    in_mart.event_count <> in_raw.event_count
    OR in_mart.purchase_amount <> in_raw.purchase_amount;

-- #fail times_on_business_date: first and last event lie on the day, in the session's time zone
SELECT
    COUNT(*) AS users_off_the_day,
    MIN(first_event_at) AS earliest,
    MAX(last_event_at) AS latest
FROM mart.mart_user_daily
WHERE
    activity_date = :business_date
    AND (
        CAST(first_event_at AS DATE) <> activity_date
        OR CAST(last_event_at AS DATE) <> activity_date
        OR last_event_at < first_event_at
    )
HAVING COUNT(*) > 0;

-- #fail durations_fit_the_day: no user's sessions can be longer than first to last event, each
SELECT COUNT(*) AS users_with_impossible_duration
FROM mart.mart_user_daily
WHERE
    activity_date = :business_date
    AND (
        session_duration_total > session_count * (last_event_at - first_event_at)
        OR session_duration_total < INTERVAL '0'
    )
HAVING COUNT(*) > 0;
