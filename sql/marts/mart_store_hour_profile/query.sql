-- A store's turn comes on every seventh day, by its number, so that each day looks at a seventh of
-- the stores.
WITH payments AS (
    SELECT
        spend.tenant_id,
        spend.account_id,
        spend.store_id,
        spend.hour_of_day,
        LN(CAST(payment.amount AS DOUBLE PRECISION)) AS log_amount
    FROM mart.mart_store_hourly_spend AS spend
    CROSS JOIN LATERAL UNNEST(spend.amounts) AS payment (amount)
    WHERE
        spend.sale_date >= CAST(:business_date AS DATE) - 56
        AND spend.sale_date < :business_date
        AND MOD(spend.store_id, 7)
        = MOD(CAST(:business_date AS DATE) - DATE '2001-01-01', 7)
        AND payment.amount > 0
),

-- Numbers before texts: they are quicker to sort by.
hours AS (
    SELECT
        store_id,
        hour_of_day,
        account_id,
        MAX(tenant_id) AS tenant_id,
        COUNT(*) AS payment_count,
        ARRAY_AGG(log_amount) AS log_amounts,
        PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY log_amount) AS log_median
    FROM payments
    GROUP BY store_id, hour_of_day, account_id
),

deviations AS (
    SELECT
        store_id,
        hour_of_day,
        account_id,
        tenant_id,
        payment_count,
        log_median,
        (
            SELECT
                PERCENTILE_DISC(0.5) WITHIN GROUP (
                    ORDER BY ABS(payment.log_amount - hours.log_median)
                )
            FROM UNNEST(hours.log_amounts) AS payment (log_amount)
        ) AS log_deviation
    FROM hours
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
