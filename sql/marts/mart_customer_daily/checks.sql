-- #fail reconciles_with_raw: over customers, each account's sales and orders of the day are all here
WITH in_raw AS (
    SELECT
        account_id,
        SUM(gross_amount) AS gross,
        COUNT(DISTINCT order_id) AS orders
    FROM raw.v_sale_line
    WHERE paid_on = :business_date
    GROUP BY account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(gross_amount) AS gross,
        SUM(order_count) AS orders
    FROM mart.mart_customer_daily
    WHERE sales_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.gross AS mart_gross,
    in_raw.gross AS raw_gross,
    in_mart.orders AS mart_orders,
    in_raw.orders AS raw_orders
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
WHERE
    in_mart.gross IS DISTINCT FROM in_raw.gross
    OR in_mart.orders IS DISTINCT FROM in_raw.orders;
