-- A source without order numbers still makes orders: the event is the order.
WITH day_purchases AS (
    SELECT
        event_id,
        event_date,
        occurred_at,
        user_id,
        total_amount,
        payment_method,
        platform,
        discount_amount,
        shipping_fee,
        coupon_code,
        products,
        COALESCE(order_id, CAST(event_id AS TEXT)) AS order_id
    FROM raw.raw_events
    WHERE event_date = :business_date AND event_type = 'purchase'
),

-- The first by time wins; the event id settles a draw, so that every run picks the same one. No
-- DISTINCT ON, which Spark does not know.
numbered_purchases AS (
    SELECT
        order_id,
        event_date,
        occurred_at,
        user_id,
        total_amount,
        payment_method,
        platform,
        discount_amount,
        shipping_fee,
        coupon_code,
        products,
        ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY occurred_at ASC, event_id ASC) AS nth
    FROM day_purchases
)

SELECT
    order_id,
    user_id,
    event_date AS order_date,
    occurred_at AS order_timestamp,
    total_amount,
    payment_method,
    platform,
    COALESCE(discount_amount, 0) AS discount_amount,
    COALESCE(shipping_fee, 0) AS shipping_fee,
    coupon_code,
    CASE JSONB_TYPEOF(products)
        WHEN 'array' THEN JSONB_ARRAY_LENGTH(products)
        ELSE 0
    END AS item_count
FROM numbered_purchases
WHERE nth = 1;
