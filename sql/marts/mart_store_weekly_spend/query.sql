-- Stores with sales that day, as the seed had it: one that took nothing is not asked for.
WITH day_stores AS (
    SELECT
        tenant_id,
        account_id,
        store_id
    FROM mart.mart_store_daily_spend
    WHERE sale_date = :business_date
),

weeks AS (
    SELECT
        account_id,
        store_id,
        SUM(total_sale) AS total_sale,
        SUM(payment_count) AS payment_count
    FROM mart.mart_store_daily_spend
    WHERE sale_date >= CAST(:business_date AS DATE) - 7 AND sale_date < :business_date
    GROUP BY account_id, store_id
)

SELECT
    CAST(:business_date AS DATE) AS sale_date,
    day_stores.tenant_id,
    day_stores.account_id,
    day_stores.store_id,
    CAST(:business_date AS DATE) - 7 AS start_date,
    CAST(:business_date AS DATE) - 1 AS end_date,
    COALESCE(weeks.total_sale, 0) AS total_sale,
    COALESCE(weeks.payment_count, 0) AS payment_count,
    ROUND(weeks.total_sale / NULLIF(weeks.payment_count, 0), 2) AS week_unit_price,
    COALESCE(weeks.payment_count, 0) = 0 AS is_unknown
FROM day_stores
LEFT JOIN weeks
    ON day_stores.account_id = weeks.account_id AND day_stores.store_id = weeks.store_id;
