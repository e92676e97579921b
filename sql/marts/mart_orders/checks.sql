-- #fail reconciles_with_raw: the sum of the orders is the sum of the purchases minus the repeated
WITH purchases AS (
    SELECT
        total_amount,
        ROW_NUMBER() OVER (
            PARTITION BY COALESCE(order_id, CAST(event_id AS TEXT))
            ORDER BY occurred_at ASC, event_id ASC
        ) AS nth
    FROM raw.raw_events
    WHERE event_date = :business_date AND event_type = 'purchase'
),

in_raw AS (
    SELECT
        COUNT(*) AS purchase_count,
        COALESCE(SUM(total_amount), 0) AS purchase_amount,
        COUNT(*) FILTER (WHERE nth > 1) AS repeated_count,
        COALESCE(SUM(total_amount) FILTER (WHERE nth > 1), 0) AS repeated_amount
    FROM purchases
),

in_mart AS (
    SELECT
        COUNT(*) AS order_count,
        COALESCE(SUM(total_amount), 0) AS order_amount
    FROM mart.mart_orders
    WHERE order_date = :business_date
)

SELECT
    in_mart.order_count AS mart_orders,
    in_raw.purchase_count AS raw_purchases,
    in_raw.repeated_count AS raw_repeated,
    in_mart.order_amount AS mart_amount,
    in_raw.purchase_amount AS raw_amount,
    in_raw.repeated_amount AS raw_repeated_amount
FROM in_raw
CROSS JOIN in_mart
WHERE
    in_mart.order_count <> in_raw.purchase_count - in_raw.repeated_count
    OR in_mart.order_amount <> in_raw.purchase_amount - in_raw.repeated_amount;

-- #fact repeated_orders: purchase events left out because an earlier one has their order number
WITH in_raw AS (
    SELECT COUNT(*) AS purchase_count
    FROM raw.raw_events
    WHERE event_date = :business_date AND event_type = 'purchase'
),

in_mart AS (
    SELECT COUNT(*) AS order_count
    FROM mart.mart_orders
    WHERE order_date = :business_date
)

SELECT in_raw.purchase_count - in_mart.order_count AS repeated_orders
FROM in_raw
CROSS JOIN in_mart;

-- #warn orders_on_another_day: no order number of this day is on another day too
SELECT COUNT(*) AS orders
FROM mart.mart_orders AS day_order
WHERE
    day_order.order_date = :business_date
    AND EXISTS (
        SELECT 1
        FROM mart.mart_orders AS other_order
        WHERE
            other_order.order_id = day_order.order_id
            AND other_order.order_date <> day_order.order_date
    )
HAVING COUNT(*) > 0;

-- #warn orders_without_amount: every order has an amount
SELECT COUNT(*) AS orders
FROM mart.mart_orders
WHERE order_date = :business_date AND total_amount IS NULL
HAVING COUNT(*) > 0;
