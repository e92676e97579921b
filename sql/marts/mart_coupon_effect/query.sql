WITH paid_orders AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        order_id,
        SUM(gross_amount) AS gross_amount,
        SUM(net_restated_amount) AS net_restated_amount
    FROM raw.v_sale_line
    WHERE paid_on = :business_date
    GROUP BY tenant_id, channel_code, account_id, currency, order_id
),

-- A coupon may take something off several lines of an order: it is one order with it all the same.
order_coupons AS (
    SELECT
        used.account_id,
        used.order_id,
        COALESCE(used.coupon_id, '(unknown)') AS coupon_id,
        CASE WHEN used.coupon_id IS NULL THEN used.coupon_name END AS name_of_unknown,
        MAX(used.coupon_name) AS coupon_name,
        COUNT(*) AS use_count,
        SUM(used.discount_amount) AS discount_amount
    FROM raw.order_coupon AS used
    INNER JOIN paid_orders
        ON used.account_id = paid_orders.account_id AND used.order_id = paid_orders.order_id
    GROUP BY
        used.account_id,
        used.order_id,
        COALESCE(used.coupon_id, '(unknown)'),
        CASE WHEN used.coupon_id IS NULL THEN used.coupon_name END
),

-- LEFT JOIN, because orders without a coupon are what the others are compared with.
orders_by_coupon AS (
    SELECT
        paid_orders.tenant_id,
        paid_orders.channel_code,
        paid_orders.account_id,
        paid_orders.currency,
        COALESCE(order_coupons.coupon_id, '(none)') AS coupon_id,
        order_coupons.name_of_unknown,
        COALESCE(order_coupons.coupon_name, '(none)') AS coupon_name,
        COALESCE(order_coupons.use_count, 0) AS use_count,
        COALESCE(order_coupons.discount_amount, 0) AS discount_amount,
        paid_orders.gross_amount,
        paid_orders.net_restated_amount
    FROM paid_orders
    LEFT JOIN order_coupons
        ON
            paid_orders.account_id = order_coupons.account_id
            AND paid_orders.order_id = order_coupons.order_id
)

SELECT
    CAST(:business_date AS DATE) AS sales_date,
    tenant_id,
    channel_code,
    account_id,
    currency,
    coupon_id,
    MAX(coupon_name) AS coupon_name,
    SUM(use_count) AS use_count,
    COUNT(*) AS order_count,
    SUM(discount_amount) AS coupon_discount_amount,
    SUM(gross_amount) AS gross_amount,
    SUM(net_restated_amount) AS net_restated_amount,
    ROUND(SUM(gross_amount) / NULLIF(COUNT(*), 0), 2) AS average_order_amount
FROM orders_by_coupon
GROUP BY tenant_id, channel_code, account_id, currency, coupon_id, name_of_unknown;
