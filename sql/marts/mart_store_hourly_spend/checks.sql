-- #fail reconciles_with_raw: over its hours, the payments of each account are all here
WITH in_raw AS (
    SELECT
        account_id,
        COUNT(*) AS payments,
        SUM(amount_sale) AS amount
    FROM raw.v_counted_card_sale
    WHERE sale_date = :business_date AND is_payment
    GROUP BY account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(CARDINALITY(amounts)) AS payments,
        SUM(total_sale) AS amount
    FROM mart.mart_store_hourly_spend
    WHERE sale_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.payments AS mart_payments,
    in_raw.payments AS raw_payments,
    in_mart.amount AS mart_amount,
    in_raw.amount AS raw_amount
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
WHERE
    in_mart.payments IS DISTINCT FROM in_raw.payments
    OR in_mart.amount IS DISTINCT FROM in_raw.amount;
