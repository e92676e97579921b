SELECT
    ordered_on AS order_date,
    tenant_id,
    channel_code,
    account_id,
    currency,
    status,
    COUNT(*) AS order_count,
    COUNT(*) FILTER (WHERE has_open_claim) AS open_claim_count,
    SUM(item_count) AS line_count,
    SUM(item_gross - item_discount - order_discount) AS order_amount
FROM raw.v_counted_order
WHERE ordered_on = :business_date
GROUP BY ordered_on, tenant_id, channel_code, account_id, currency, status;
