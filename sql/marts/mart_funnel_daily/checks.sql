-- #fail reconciles_with_raw: each platform of the day is here with all its buyers, no step is lost
WITH raw_platforms AS (
    SELECT
        platform,
        COUNT(*) FILTER (WHERE event_type = 'page_view') AS page_views,
        COUNT(*) FILTER (WHERE event_type = 'click') AS clicks,
        COUNT(*) FILTER (WHERE event_type = 'add_to_cart') AS cart_adds
    FROM raw.raw_events
    WHERE event_date = :business_date
    GROUP BY platform
),

raw_buyers AS (
    SELECT DISTINCT
        platform,
        user_id
    FROM raw.raw_events
    WHERE event_date = :business_date AND event_type = 'purchase'
),

raw_purchasers AS (
    SELECT
        platform,
        COUNT(*) AS purchasers
    FROM raw_buyers
    GROUP BY platform
),

in_raw AS (
    SELECT
        raw_platforms.platform,
        raw_platforms.page_views,
        raw_platforms.clicks,
        raw_platforms.cart_adds,
        COALESCE(raw_purchasers.purchasers, 0) AS purchasers
    FROM raw_platforms
    LEFT JOIN raw_purchasers ON raw_platforms.platform = raw_purchasers.platform
),

in_mart AS (
    SELECT
        platform,
        step1_viewers,
        step2_clickers,
        step3_cart_adders,
        step4_purchasers
    FROM mart.mart_funnel_daily
    WHERE funnel_date = :business_date
)

-- A step cannot have more users than events, nor none where there are events: cheap to know, while
-- counting its users again would cost as much as the mart.
SELECT
    COALESCE(in_raw.platform, in_mart.platform) AS platform,
    in_mart.step4_purchasers AS mart_purchasers,
    in_raw.purchasers AS raw_purchasers,
    in_mart.step1_viewers AS mart_viewers,
    in_raw.page_views AS raw_page_views,
    in_mart.step2_clickers AS mart_clickers,
    in_raw.clicks AS raw_clicks,
    in_mart.step3_cart_adders AS mart_cart_adders,
    in_raw.cart_adds AS raw_cart_adds
FROM in_raw
FULL JOIN in_mart ON in_raw.platform = in_mart.platform
WHERE
    in_mart.step4_purchasers IS DISTINCT FROM in_raw.purchasers
    OR in_mart.step1_viewers > in_raw.page_views
    OR in_mart.step2_clickers > in_raw.clicks
    OR in_mart.step3_cart_adders > in_raw.cart_adds
    OR (in_mart.step1_viewers = 0) <> (in_raw.page_views = 0)
    OR (in_mart.step2_clickers = 0) <> (in_raw.clicks = 0)
    OR (in_mart.step3_cart_adders = 0) <> (in_raw.cart_adds = 0);

-- #warn steps_in_order: no step has more users than the one before; else events may be missing
SELECT
    platform,
    step1_viewers,
    step2_clickers,
    step3_cart_adders,
    step4_purchasers
FROM mart.mart_funnel_daily
WHERE
    funnel_date = :business_date
    AND (
        step2_clickers > step1_viewers
        OR step3_cart_adders > step2_clickers
        OR step4_purchasers > step3_cart_adders
    );
