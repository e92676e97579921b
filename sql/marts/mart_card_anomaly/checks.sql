-- #fail reconciles_with_raw: each anomaly is a sale of the day as it is loaded
SELECT
    found.account_id,
    found.store_id,
    found.sale_id,
    found.rule
FROM mart.mart_card_anomaly AS found
-- By key, one by one: they are few, and their day is not.
LEFT JOIN LATERAL (
    SELECT
        loaded.sale_id,
        loaded.store_id,
        loaded.sold_at,
        loaded.amount_sale
    FROM raw.v_counted_card_sale AS loaded
    WHERE
        loaded.account_id = found.account_id
        AND loaded.sale_id = found.sale_id
        AND loaded.sale_date = found.sale_date
    ORDER BY loaded.sale_id
    LIMIT 1
) AS sale ON TRUE
WHERE
    found.sale_date = :business_date
    AND (
        sale.sale_id IS NULL
        OR found.store_id <> sale.store_id
        OR found.sold_at <> sale.sold_at
        OR found.amount_sale <> sale.amount_sale
    );

-- #fail the_week_is_built: each store of the day has its week; build mart_store_weekly_spend first
WITH sold AS (
    SELECT DISTINCT
        account_id,
        store_id
    FROM raw.v_counted_card_sale
    WHERE sale_date = :business_date
)

SELECT
    sold.account_id,
    COUNT(*) AS stores_without_a_week
FROM sold
LEFT JOIN mart.mart_store_weekly_spend AS week
    ON
        sold.account_id = week.account_id
        AND sold.store_id = week.store_id
        AND week.sale_date = :business_date
WHERE week.store_id IS NULL
GROUP BY sold.account_id;

-- #fail the_week_is_of_now: no load touched the day since its week was built; build mart_store_weekly_spend again first
SELECT
    touched.run_id AS load_run,
    touched.touched_at
FROM ops.touched_day AS touched
LEFT JOIN ops.rebuilt_day AS rebuilt
    ON
        touched.dataset = rebuilt.dataset
        AND touched.business_date = rebuilt.business_date
        AND touched.run_id = rebuilt.run_id
        AND rebuilt.mart = 'mart_store_weekly_spend'
WHERE
    touched.dataset = 'card-sales'
    AND touched.business_date = :business_date
    AND rebuilt.run_id IS NULL;

-- #fact found: how many sales break each rule
SELECT
    COUNT(*) FILTER (WHERE rule = 'over_twice_week') AS over_twice_week,
    COUNT(*) FILTER (WHERE rule = 'same_card_same_amount') AS same_card_same_amount,
    COUNT(*) FILTER (WHERE rule = 'store_hour_outlier') AS store_hour_outlier,
    COUNT(*) FILTER (WHERE rule = 'card_burst') AS card_burst,
    COUNT(*) FILTER (WHERE rule = 'cancellation_share') AS cancellation_share,
    COUNT(*) FILTER (WHERE rule = 'outside_hours') AS outside_hours
FROM mart.mart_card_anomaly
WHERE sale_date = :business_date;
