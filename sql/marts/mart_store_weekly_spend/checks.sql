-- #fail reconciles_with_raw: the week of each account's stores is that of its sales; build mart_store_daily_spend of the week first
WITH day_stores AS (
    SELECT DISTINCT
        account_id,
        store_id
    FROM raw.v_counted_card_sale
    WHERE sale_date = :business_date
),

-- Of days whose sales retention has removed, the marts alone are left.
frozen AS (
    SELECT MAX(frozen_until) AS frozen_until
    FROM ops.v_frozen_day
    WHERE mart = 'mart_store_weekly_spend'
),

week_payments AS (
    SELECT
        account_id,
        store_id,
        SUM(amount_sale) AS amount,
        COUNT(*) AS payments
    FROM raw.v_counted_card_sale
    WHERE
        sale_date >= CAST(:business_date AS DATE) - 7
        AND sale_date < :business_date
        AND is_payment
    GROUP BY account_id, store_id
),

in_raw AS (
    SELECT
        day_stores.account_id,
        COUNT(*) AS stores,
        COALESCE(SUM(week_payments.amount), 0) AS amount,
        COALESCE(SUM(week_payments.payments), 0) AS payments
    FROM day_stores
    LEFT JOIN week_payments
        ON
            day_stores.account_id = week_payments.account_id
            AND day_stores.store_id = week_payments.store_id
    GROUP BY day_stores.account_id
),

in_mart AS (
    SELECT
        account_id,
        COUNT(*) AS stores,
        SUM(total_sale) AS amount,
        SUM(payment_count) AS payments
    FROM mart.mart_store_weekly_spend
    WHERE sale_date = :business_date
    GROUP BY account_id
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.stores AS mart_stores,
    in_raw.stores AS raw_stores,
    in_mart.amount AS mart_amount,
    in_raw.amount AS raw_amount,
    in_mart.payments AS mart_payments,
    in_raw.payments AS raw_payments
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
CROSS JOIN frozen
WHERE
    COALESCE(frozen.frozen_until < CAST(:business_date AS DATE) - 7, TRUE)
    AND (
        in_mart.stores IS DISTINCT FROM in_raw.stores
        OR in_mart.amount IS DISTINCT FROM in_raw.amount
        OR in_mart.payments IS DISTINCT FROM in_raw.payments
    );

-- #fact unknown_stores: stores with sales that day and none in the week before
SELECT
    COUNT(*) AS stores,
    COUNT(*) FILTER (WHERE is_unknown) AS unknown_stores
FROM mart.mart_store_weekly_spend
WHERE sale_date = :business_date;
