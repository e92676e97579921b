-- #fail reconciles_with_raw: the day's clicks on products, cart additions and units are all here
WITH in_raw AS (
    SELECT
        COUNT(*) FILTER (WHERE event_type = 'click') AS clicks,
        COUNT(*) FILTER (WHERE event_type = 'add_to_cart') AS cart_adds
    FROM raw.raw_events
    WHERE
        event_date = :business_date
        AND event_type IN ('click', 'add_to_cart')
        AND product_id IS NOT NULL
),

raw_quantities AS (
    SELECT CAST(line.quantity AS NUMERIC) AS quantity
    FROM raw.raw_events AS purchase
    CROSS JOIN
        LATERAL JSONB_PATH_QUERY(purchase.products, '$[*].quantity')
            AS line (quantity)
    WHERE
        purchase.event_date = :business_date
        AND purchase.event_type = 'purchase'
        AND JSONB_TYPEOF(purchase.products) = 'array'
        AND JSONB_TYPEOF(line.quantity) = 'number'
),

units_in_raw AS (
    SELECT COALESCE(SUM(quantity), 0) AS units
    FROM raw_quantities
),

in_mart AS (
    SELECT
        COALESCE(SUM(click_count), 0) AS clicks,
        COALESCE(SUM(cart_add_count), 0) AS cart_adds,
        COALESCE(SUM(units_sold), 0) AS units
    FROM mart.mart_product_daily
    WHERE activity_date = :business_date
)

SELECT
    in_mart.units AS mart_units,
    units_in_raw.units AS raw_units,
    in_mart.clicks AS mart_clicks,
    in_raw.clicks AS raw_clicks,
    in_mart.cart_adds AS mart_cart_adds,
    in_raw.cart_adds AS raw_cart_adds
FROM in_raw
CROSS JOIN units_in_raw
CROSS JOIN in_mart
WHERE
    in_mart.units <> units_in_raw.units
    OR in_mart.clicks <> in_raw.clicks
    OR in_mart.cart_adds <> in_raw.cart_adds;

-- #warn product_lines_without_product: every product line that was sold names its product
SELECT
    units_sold AS units,
    revenue
FROM mart.mart_product_daily
WHERE activity_date = :business_date AND product_id = '(unknown)';
