-- #fail reconciles_with_raw: each platform of the day is here, with all its buyers
WITH per_platform_user AS (
    SELECT
        platform,
        user_id,
        BOOL_OR(event_type = 'purchase') AS is_purchaser
    FROM raw.raw_events
    WHERE event_date = :business_date
    GROUP BY platform, user_id
),

in_raw AS (
    SELECT
        platform,
        COUNT(*) AS user_count,
        COUNT(*) FILTER (WHERE is_purchaser) AS purchasers
    FROM per_platform_user
    GROUP BY platform
),

in_mart AS (
    SELECT
        platform,
        step4_purchasers AS purchasers,
        GREATEST(step1_viewers, step2_clickers, step3_cart_adders) AS most_users
    FROM mart.mart_funnel_daily
    WHERE funnel_date = :business_date
)

SELECT
    COALESCE(in_raw.platform, in_mart.platform) AS platform,
    in_mart.purchasers AS mart_purchasers,
    in_raw.purchasers AS raw_purchasers,
    in_mart.most_users AS mart_users_of_a_step,
    in_raw.user_count AS raw_users
FROM in_raw
FULL JOIN in_mart ON in_raw.platform = in_mart.platform
WHERE
    in_mart.purchasers IS DISTINCT FROM in_raw.purchasers
    OR in_mart.most_users > in_raw.user_count;

-- #warn steps_in_order: more users on a later step than on the one before; events may be missing
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
