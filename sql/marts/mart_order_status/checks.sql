-- #fail reconciles_with_raw: each account's orders of the day are all in one status
WITH in_raw AS (
    SELECT
        account_id,
        COUNT(*) AS orders,
        SUM(item_count) AS order_lines
    FROM raw.v_counted_order
    WHERE ordered_on = :business_date
    GROUP BY account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(order_count) AS orders,
        SUM(line_count) AS order_lines
    FROM mart.mart_order_status
    WHERE order_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.orders AS mart_orders,
    in_raw.orders AS raw_orders,
    in_mart.order_lines AS mart_lines,
    in_raw.order_lines AS raw_lines
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
WHERE
    in_mart.orders IS DISTINCT FROM in_raw.orders
    OR in_mart.order_lines IS DISTINCT FROM in_raw.order_lines;

-- #warn status_known: every order is in a status we know
SELECT
    account_id,
    order_count AS orders
FROM mart.mart_order_status
WHERE order_date = :business_date AND status = 'UNKNOWN';
