SELECT
    paid_on AS sales_date,
    tenant_id,
    channel_code,
    account_id,
    currency,
    COALESCE(customer_key, '(unknown)') AS customer_key,
    COUNT(DISTINCT order_id) AS order_count,
    SUM(quantity) AS unit_count,
    SUM(discount_amount) AS discount_amount,
    SUM(gross_amount) AS gross_amount,
    SUM(net_restated_amount) AS net_restated_amount
FROM raw.v_sale_line
WHERE paid_on = :business_date
GROUP BY
    paid_on,
    tenant_id,
    channel_code,
    account_id,
    currency,
    COALESCE(customer_key, '(unknown)');
