WITH day_events AS (
    SELECT
        event_id,
        user_id,
        event_type,
        product_id,
        products
    FROM raw.raw_events
    WHERE
        event_date = :business_date
        AND event_type IN ('click', 'add_to_cart', 'purchase')
),

-- A click may be on something that is no product; it counts for none.
product_touches AS (
    SELECT
        product_id,
        user_id,
        COUNT(*) FILTER (WHERE event_type = 'click') AS click_count,
        COUNT(*) FILTER (WHERE event_type = 'add_to_cart') AS cart_add_count
    FROM day_events
    WHERE event_type IN ('click', 'add_to_cart') AND product_id IS NOT NULL
    GROUP BY product_id, user_id
),

-- CASE, because a profile may keep purchases whose products are not well formed: what is no
-- array or no number counts as nothing here instead of ending the mart.
sold_lines AS (
    SELECT
        day_events.event_id,
        day_events.user_id,
        COALESCE(line.product ->> 'product_id', '(unknown)') AS product_id,
        CASE
            WHEN JSONB_TYPEOF(line.product -> 'quantity') = 'number'
                THEN CAST(line.product -> 'quantity' AS NUMERIC)
            ELSE 0
        END AS quantity,
        CASE
            WHEN JSONB_TYPEOF(line.product -> 'unit_price') = 'number'
                THEN CAST(line.product -> 'unit_price' AS NUMERIC)
            ELSE 0
        END AS unit_price
    FROM day_events
    CROSS JOIN
        LATERAL JSONB_ARRAY_ELEMENTS(
            CASE JSONB_TYPEOF(day_events.products)
                WHEN 'array' THEN day_events.products ELSE '[]'
            END
        ) AS line (product)
    WHERE day_events.event_type = 'purchase'
),

-- COUNT(DISTINCT) is cheap here: purchases are few. A product on two lines of one purchase is one
-- purchase of it.
sales_per_product AS (
    SELECT
        product_id,
        COUNT(DISTINCT event_id) AS purchase_count,
        COUNT(DISTINCT user_id) AS unique_buyers,
        SUM(quantity) AS units_sold,
        SUM(quantity * unit_price) AS revenue
    FROM sold_lines
    GROUP BY product_id
),

touches_per_product AS (
    SELECT
        product_id,
        SUM(click_count) AS click_count,
        SUM(cart_add_count) AS cart_add_count,
        COUNT(*) FILTER (WHERE click_count > 0) AS unique_viewers
    FROM product_touches
    GROUP BY product_id
),

-- FULL JOIN, because a product may be bought without a click on that day, and the other way round.
per_product AS (
    SELECT
        COALESCE(touched.product_id, sold.product_id) AS product_id,
        COALESCE(touched.click_count, 0) AS click_count,
        COALESCE(touched.cart_add_count, 0) AS cart_add_count,
        COALESCE(sold.purchase_count, 0) AS purchase_count,
        COALESCE(sold.revenue, 0) AS revenue,
        COALESCE(sold.units_sold, 0) AS units_sold,
        COALESCE(touched.unique_viewers, 0) AS unique_viewers,
        COALESCE(sold.unique_buyers, 0) AS unique_buyers
    FROM touches_per_product AS touched
    FULL JOIN sales_per_product AS sold ON touched.product_id = sold.product_id
)

SELECT
    product_id,
    CAST(:business_date AS DATE) AS activity_date,
    click_count,
    cart_add_count,
    purchase_count,
    revenue,
    units_sold,
    unique_viewers,
    unique_buyers,
    ROUND(100.0 * unique_buyers / NULLIF(unique_viewers, 0), 2) AS conversion_rate
FROM per_product;
