-- Lines are told apart by the channel's number of the product, or by name where it tells none.
WITH day_lines AS (
    SELECT
        tenant_id,
        channel_code,
        account_id,
        currency,
        COALESCE(product_id, '(unknown)') AS product_id,
        CASE WHEN product_id IS NULL THEN product_name END AS name_of_unknown,
        product_name,
        order_id,
        item_status,
        quantity,
        discount_amount,
        gross_amount,
        net_restated_amount,
        claim_amount,
        paid_on = :business_date AS is_paid,
        COALESCE(claim_done_on, paid_on) = :business_date AS is_claimed
    FROM raw.v_sale_line
    WHERE
        paid_on = :business_date
        OR (
            claim_done_on = :business_date
            AND (claim_amount <> 0 OR item_status IN ('CANCELED', 'RETURNED'))
        )
)

SELECT
    CAST(:business_date AS DATE) AS sales_date,
    tenant_id,
    channel_code,
    account_id,
    currency,
    product_id,
    MAX(product_name) AS product_name,
    COALESCE(SUM(discount_amount) FILTER (WHERE is_paid), 0) AS discount_amount,
    COALESCE(SUM(gross_amount) FILTER (WHERE is_paid), 0) AS gross_amount,
    COALESCE(SUM(net_restated_amount) FILTER (WHERE is_paid), 0) AS net_restated_amount,
    COALESCE(SUM(claim_amount) FILTER (WHERE is_claimed), 0) AS claim_amount,
    COALESCE(SUM(gross_amount) FILTER (WHERE is_paid), 0)
    - COALESCE(SUM(claim_amount) FILTER (WHERE is_claimed), 0) AS net_event_amount,
    COUNT(DISTINCT order_id) FILTER (WHERE is_paid) AS order_count,
    COALESCE(SUM(quantity) FILTER (WHERE is_paid), 0) AS unit_count,
    COUNT(*) FILTER (WHERE is_claimed AND item_status = 'CANCELED') AS cancel_count,
    COUNT(*) FILTER (WHERE is_claimed AND item_status = 'RETURNED') AS return_count
FROM day_lines
GROUP BY tenant_id, channel_code, account_id, currency, product_id, name_of_unknown;
