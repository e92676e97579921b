SELECT
    sale_date,
    tenant_id,
    account_id,
    store_id,
    hour_of_day,
    SUM(amount_sale) AS total_sale,
    COUNT(*) AS payment_count,
    ARRAY_AGG(amount_sale ORDER BY amount_sale) AS amounts
FROM raw.v_counted_card_sale
WHERE sale_date = :business_date AND is_payment
GROUP BY sale_date, tenant_id, account_id, store_id, hour_of_day;
