-- #fail reconciles_with_raw: each account's sales of the day are payments, cancellations or refunds of it
WITH in_raw AS (
    SELECT
        account_id,
        COUNT(*) AS sales,
        SUM(amount_sale) AS amount,
        COUNT(DISTINCT store_id) AS stores
    FROM raw.card_sale
    WHERE sale_date = :business_date AND vanished_at IS NULL
    GROUP BY account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(payment_count + canceled_count + refund_count) AS sales,
        SUM(total_sale + canceled_amount - refund_amount) AS amount,
        COUNT(*) AS stores
    FROM mart.mart_store_daily_spend
    WHERE sale_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.sales AS mart_sales,
    in_raw.sales AS raw_sales,
    in_mart.amount AS mart_amount,
    in_raw.amount AS raw_amount,
    in_mart.stores AS mart_stores,
    in_raw.stores AS raw_stores
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
WHERE
    in_mart.sales IS DISTINCT FROM in_raw.sales
    OR in_mart.amount IS DISTINCT FROM in_raw.amount
    OR in_mart.stores IS DISTINCT FROM in_raw.stores;

-- #warn payments_without_a_card: every payment tells its card
SELECT
    account_id,
    COUNT(*) AS payments
FROM raw.v_counted_card_sale
WHERE sale_date = :business_date AND is_payment AND card_key IS NULL
GROUP BY account_id;
