-- Why two steps: a user is looked at once per platform, so that the four distinct counts are
-- plain counts of flags.
WITH day_events AS (
    SELECT
        platform,
        user_id,
        event_type
    FROM raw.raw_events
    WHERE event_date = :business_date
),

per_platform_user AS (
    SELECT
        platform,
        BOOL_OR(event_type = 'page_view') AS is_viewer,
        BOOL_OR(event_type = 'click') AS is_clicker,
        BOOL_OR(event_type = 'add_to_cart') AS is_cart_adder,
        BOOL_OR(event_type = 'purchase') AS is_purchaser
    FROM day_events
    GROUP BY platform, user_id
),

per_platform AS (
    SELECT
        platform,
        COUNT(*) FILTER (WHERE is_viewer) AS step1_viewers,
        COUNT(*) FILTER (WHERE is_clicker) AS step2_clickers,
        COUNT(*) FILTER (WHERE is_cart_adder) AS step3_cart_adders,
        COUNT(*) FILTER (WHERE is_purchaser) AS step4_purchasers
    FROM per_platform_user
    GROUP BY platform
)

SELECT
    CAST(:business_date AS DATE) AS funnel_date,
    platform,
    step1_viewers,
    step2_clickers,
    step3_cart_adders,
    step4_purchasers,
    ROUND(100.0 * step2_clickers / NULLIF(step1_viewers, 0), 2) AS view_to_click_rate,
    ROUND(100.0 * step3_cart_adders / NULLIF(step2_clickers, 0), 2) AS click_to_cart_rate,
    ROUND(100.0 * step4_purchasers / NULLIF(step3_cart_adders, 0), 2) AS cart_to_purchase_rate,
    ROUND(100.0 * step4_purchasers / NULLIF(step1_viewers, 0), 2) AS overall_conversion_rate
FROM per_platform;
