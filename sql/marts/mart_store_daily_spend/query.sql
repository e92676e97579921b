-- What a payment is, raw.v_counted_card_sale says; here they are only summed.
SELECT
    sale_date,
    tenant_id,
    account_id,
    store_id,
    COALESCE(SUM(amount_sale) FILTER (WHERE is_payment), 0) AS total_sale,
    COUNT(*) FILTER (WHERE is_payment) AS payment_count,
    COUNT(*) FILTER (WHERE is_canceled) AS canceled_count,
    COALESCE(SUM(amount_sale) FILTER (WHERE is_canceled), 0) AS canceled_amount,
    ROUND(AVG(amount_sale) FILTER (WHERE is_payment), 2) AS unit_price,
    COUNT(DISTINCT card_key) FILTER (WHERE is_payment) AS distinct_cards,
    COUNT(*) FILTER (WHERE is_refund) AS refund_count,
    COALESCE(-SUM(amount_sale) FILTER (WHERE is_refund), 0) AS refund_amount
FROM raw.v_counted_card_sale
WHERE sale_date = :business_date
GROUP BY sale_date, tenant_id, account_id, store_id;
