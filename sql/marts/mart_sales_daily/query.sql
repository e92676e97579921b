-- The definitions are raw.v_sale_line's; here they are only summed.
WITH paid_lines AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        order_id,
        quantity,
        list_amount,
        discount_amount,
        gross_amount,
        net_restated_amount,
        at_risk_amount
    FROM raw.v_sale_line
    WHERE paid_on = :business_date
),

-- A claim whose day nobody tells stands on the day of payment, so that the sums over all days agree.
claimed_lines AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        item_status,
        claim_amount
    FROM raw.v_sale_line
    WHERE
        claim_done_on = :business_date
        OR (claim_done_on IS NULL AND paid_on = :business_date)
),

paid_orders AS (
    SELECT DISTINCT
        account_id,
        order_id
    FROM paid_lines
),

-- A channel that charges shipping by the parcel tells it with each line of the parcel; a line of none
-- is one of its own.
parcel_fees AS (
    SELECT
        item.account_id,
        item.order_id,
        COALESCE(item.package_number, item.item_id) AS package_number,
        MAX(item.package_shipping_fee) AS fee
    FROM raw.order_item AS item
    INNER JOIN paid_orders
        ON item.account_id = paid_orders.account_id AND item.order_id = paid_orders.order_id
    GROUP BY item.account_id, item.order_id, COALESCE(item.package_number, item.item_id)
),

parcels AS (
    SELECT
        account_id,
        order_id,
        SUM(fee) AS fee
    FROM parcel_fees
    GROUP BY account_id, order_id
),

-- Shipping is the order's, not a line's: it counts on the first of the days the order was paid.
order_shipping AS (
    SELECT
        sale.tenant_id,
        sale.channel_code,
        sale.account_id,
        sale.currency,
        COALESCE(sale.shipping_fee, parcels.fee, 0) AS shipping_amount
    FROM raw.v_counted_order AS sale
    INNER JOIN parcels
        ON sale.account_id = parcels.account_id AND sale.order_id = parcels.order_id
    WHERE NOT EXISTS (
        SELECT 1 FROM raw.order_item AS earlier
        WHERE
            earlier.account_id = sale.account_id
            AND earlier.order_id = sale.order_id
            AND earlier.line_kind = 'SALE'
            AND earlier.ever_paid
            AND earlier.paid_on < :business_date
    )
),

paid AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        SUM(list_amount) AS list_amount,
        SUM(discount_amount) AS discount_amount,
        SUM(gross_amount) AS gross_amount,
        SUM(net_restated_amount) AS net_restated_amount,
        SUM(at_risk_amount) AS at_risk_amount,
        COUNT(DISTINCT order_id) AS order_count,
        COUNT(*) AS line_count,
        SUM(quantity) AS unit_count
    FROM paid_lines
    GROUP BY tenant_id, channel_code, account_id, currency
),

shipping AS (
    SELECT
        account_id,
        currency,
        SUM(shipping_amount) AS shipping_amount
    FROM order_shipping
    GROUP BY account_id, currency
),

claimed AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        SUM(claim_amount) AS claim_amount,
        COUNT(*) FILTER (WHERE item_status = 'CANCELED') AS cancel_count,
        COUNT(*) FILTER (WHERE item_status = 'RETURNED') AS return_count
    FROM claimed_lines
    WHERE claim_amount <> 0 OR item_status IN ('CANCELED', 'RETURNED')
    GROUP BY tenant_id, channel_code, account_id, currency
)

-- FULL JOIN, because a day may have claims and no payment.
SELECT
    CAST(:business_date AS DATE) AS sales_date,
    COALESCE(paid.tenant_id, claimed.tenant_id) AS tenant_id,
    COALESCE(paid.channel_code, claimed.channel_code) AS channel_code,
    COALESCE(paid.account_id, claimed.account_id) AS account_id,
    COALESCE(paid.currency, claimed.currency) AS currency,
    COALESCE(paid.list_amount, 0) AS list_amount,
    COALESCE(paid.discount_amount, 0) AS discount_amount,
    COALESCE(paid.gross_amount, 0) AS gross_amount,
    COALESCE(paid.net_restated_amount, 0) AS net_restated_amount,
    COALESCE(claimed.claim_amount, 0) AS claim_amount,
    COALESCE(paid.gross_amount, 0) - COALESCE(claimed.claim_amount, 0) AS net_event_amount,
    COALESCE(paid.at_risk_amount, 0) AS at_risk_amount,
    COALESCE(shipping.shipping_amount, 0) AS shipping_amount,
    COALESCE(paid.order_count, 0) AS order_count,
    COALESCE(paid.line_count, 0) AS line_count,
    COALESCE(paid.unit_count, 0) AS unit_count,
    COALESCE(claimed.cancel_count, 0) AS cancel_count,
    COALESCE(claimed.return_count, 0) AS return_count
FROM paid
FULL JOIN claimed ON paid.account_id = claimed.account_id AND paid.currency = claimed.currency
LEFT JOIN shipping ON paid.account_id = shipping.account_id AND paid.currency = shipping.currency;
