-- A store's turn comes on every seventh day, by its number, so that each day looks at a seventh of
-- the stores.
WITH payments AS (
    SELECT
        tenant_id,
        account_id,
        store_id,
        hour_of_day,
        UNNEST(amounts) AS amount
    FROM mart.mart_store_hourly_spend
    WHERE
        sale_date >= CAST(:business_date AS DATE) - 56
        AND sale_date < :business_date
        AND MOD(store_id, 7) = MOD(CAST(:business_date AS DATE) - DATE '2001-01-01', 7)
),

-- Numbers before texts: they are quicker to sort by.
hours AS (
    SELECT
        store_id,
        hour_of_day,
        account_id,
        tenant_id,
        COUNT(*) AS payment_count,
        ARRAY_AGG(LN(CAST(amount AS DOUBLE PRECISION))) AS log_amounts
    FROM payments
    WHERE amount > 0
    GROUP BY store_id, hour_of_day, account_id, tenant_id
),

-- A median of each hour's own few amounts: they are sorted by themselves, and not all together.
-- Materialized, for it would be worked out anew wherever it stands below.
medians AS MATERIALIZED (
    SELECT
        tenant_id,
        account_id,
        store_id,
        hour_of_day,
        payment_count,
        log_amounts,
        (
            SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY payment.log_amount)
            FROM UNNEST(hours.log_amounts) AS payment (log_amount)
        ) AS log_median
    FROM hours
),

deviations AS MATERIALIZED (
    SELECT
        tenant_id,
        account_id,
        store_id,
        hour_of_day,
        payment_count,
        log_median,
        (
            SELECT
                PERCENTILE_DISC(0.5) WITHIN GROUP (
                    ORDER BY ABS(payment.log_amount - medians.log_median)
                )
            FROM UNNEST(medians.log_amounts) AS payment (log_amount)
        ) AS log_deviation
    FROM medians
)

SELECT
    CAST(:business_date AS DATE) AS sale_date,
    tenant_id,
    account_id,
    store_id,
    hour_of_day,
    payment_count,
    SUM(payment_count) OVER store AS store_payment_count,
    ROUND(CAST(EXP(log_median) AS NUMERIC), 2) AS median_amount,
    ROUND(CAST(log_deviation AS NUMERIC), 6) AS log_deviation,
    ROUND(
        CAST(
            SUM(payment_count * log_deviation) OVER store
            / SUM(payment_count) OVER store AS NUMERIC
        ),
        6
    ) AS store_log_deviation
FROM deviations
WINDOW store AS (PARTITION BY store_id, account_id);
