-- #fail reconciles_with_raw: each account's orders of the day stand under a coupon or under (none)
WITH paid_orders AS (
    SELECT DISTINCT
        account_id,
        order_id
    FROM raw.v_sale_line
    WHERE paid_on = :business_date
),

in_raw AS (
    SELECT
        paid_orders.account_id,
        COUNT(*) FILTER (
            WHERE NOT EXISTS (
                SELECT 1 FROM raw.order_coupon AS used
                WHERE
                    used.account_id = paid_orders.account_id
                    AND used.order_id = paid_orders.order_id
            )
        ) AS orders_without
    FROM paid_orders
    GROUP BY paid_orders.account_id
),

uses_in_raw AS (
    SELECT
        used.account_id,
        SUM(used.discount_amount) AS discount
    FROM raw.order_coupon AS used
    INNER JOIN paid_orders
        ON used.account_id = paid_orders.account_id AND used.order_id = paid_orders.order_id
    GROUP BY used.account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(order_count) FILTER (WHERE coupon_id = '(none)') AS orders_without,
        SUM(coupon_discount_amount) AS discount
    FROM mart.mart_coupon_effect
    WHERE sales_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.orders_without AS mart_orders_without,
    in_raw.orders_without AS raw_orders_without,
    in_mart.discount AS mart_discount,
    uses_in_raw.discount AS raw_discount
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
LEFT JOIN uses_in_raw ON in_raw.account_id = uses_in_raw.account_id
WHERE
    COALESCE(in_mart.orders_without, 0) <> COALESCE(in_raw.orders_without, 0)
    OR COALESCE(in_mart.discount, 0) <> COALESCE(uses_in_raw.discount, 0);

-- #warn coupons_without_a_number: every coupon used is told by its number
SELECT
    account_id,
    coupon_name,
    order_count AS orders
FROM mart.mart_coupon_effect
WHERE sales_date = :business_date AND coupon_id = '(unknown)';
