-- Why two steps: a session's length is known only per session, and the sessions of a user are
-- then simply counted; no COUNT(DISTINCT), which would sort every event of the day. The counts of a
-- session are INTEGER because a sum of INTEGERs needs half the memory of a sum of BIGINTs.
WITH day_events AS (
    SELECT
        user_id,
        session_id,
        event_type,
        occurred_at,
        total_amount
    FROM raw.raw_events
    WHERE event_date = :business_date
),

per_session AS (
    SELECT
        user_id,
        CAST(
            COUNT(*) FILTER (WHERE event_type = 'page_view') AS INTEGER
        ) AS page_view_count,
        CAST(
            COUNT(*) FILTER (WHERE event_type = 'click') AS INTEGER
        ) AS click_count,
        CAST(
            COUNT(*) FILTER (WHERE event_type = 'add_to_cart') AS INTEGER
        ) AS add_to_cart_count,
        CAST(
            COUNT(*) FILTER (WHERE event_type = 'purchase') AS INTEGER
        ) AS purchase_count,
        CAST(
            COUNT(*) FILTER (WHERE event_type = 'search') AS INTEGER
        ) AS search_count,
        SUM(total_amount) FILTER (WHERE event_type = 'purchase') AS purchase_amount,
        MIN(occurred_at) AS first_event_at,
        MAX(occurred_at) AS last_event_at
    FROM day_events
    GROUP BY user_id, session_id
),

per_user AS (
    SELECT
        user_id,
        COUNT(*) AS session_count,
        SUM(page_view_count) AS page_view_count,
        SUM(click_count) AS click_count,
        SUM(add_to_cart_count) AS add_to_cart_count,
        SUM(purchase_count) AS purchase_count,
        SUM(search_count) AS search_count,
        COALESCE(SUM(purchase_amount), 0) AS total_purchase_amount,
        MIN(first_event_at) AS first_event_at,
        MAX(last_event_at) AS last_event_at,
        SUM(last_event_at - first_event_at) AS session_duration_total
    FROM per_session
    GROUP BY user_id
)

SELECT
    user_id,
    CAST(:business_date AS DATE) AS activity_date,
    session_count,
    page_view_count,
    click_count,
    add_to_cart_count,
    purchase_count,
    search_count,
    total_purchase_amount,
    first_event_at,
    last_event_at,
    session_duration_total
FROM per_user;
