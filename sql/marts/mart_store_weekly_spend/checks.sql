-- #fail reconciles_with_raw: the week of each account's stores is that of its sales; build mart_store_daily_spend of the week first
-- Days of which mart_store_daily_spend shows all that is loaded: what it has of them was set against
-- raw.card_sale when it was built. Of the others the sales themselves are read.
WITH days AS (
    SELECT
        CAST(:business_date AS DATE) - before.days AS sale_date,
        EXISTS (
            SELECT 1
            FROM ops.rebuilt_day AS rebuilt
            WHERE
                rebuilt.mart = 'mart_store_daily_spend'
                AND rebuilt.dataset = 'card-sales'
                AND rebuilt.business_date = CAST(:business_date AS DATE) - before.days
        )
        AND NOT EXISTS (
            SELECT 1
            FROM ops.touched_day AS touched
            LEFT JOIN ops.rebuilt_day AS rebuilt
                ON
                    touched.dataset = rebuilt.dataset
                    AND touched.business_date = rebuilt.business_date
                    AND touched.run_id = rebuilt.run_id
                    AND rebuilt.mart = 'mart_store_daily_spend'
            WHERE
                touched.dataset = 'card-sales'
                AND touched.business_date = CAST(:business_date AS DATE) - before.days
                AND rebuilt.run_id IS NULL
        ) AS is_shown
    FROM GENERATE_SERIES(0, 7) AS before (days)
),

-- Of days whose sales retention has removed, the marts alone are left.
frozen AS (
    SELECT MAX(frozen_until) AS frozen_until
    FROM ops.v_frozen_day
    WHERE mart = 'mart_store_weekly_spend'
),

store_days AS (
    SELECT
        shown.sale_date,
        shown.account_id,
        shown.store_id,
        shown.total_sale,
        shown.payment_count
    FROM mart.mart_store_daily_spend AS shown
    INNER JOIN days ON shown.sale_date = days.sale_date
    WHERE
        shown.sale_date >= CAST(:business_date AS DATE) - 7
        AND shown.sale_date <= :business_date
        AND days.is_shown
    UNION ALL
    SELECT
        days.sale_date,
        sold.account_id,
        sold.store_id,
        sold.total_sale,
        sold.payment_count
    FROM days
    CROSS JOIN
        LATERAL (
            SELECT
                sale.account_id,
                sale.store_id,
                COALESCE(SUM(sale.amount_sale) FILTER (WHERE sale.is_payment), 0) AS total_sale,
                COUNT(*) FILTER (WHERE sale.is_payment) AS payment_count
            FROM raw.v_counted_card_sale AS sale
            WHERE sale.sale_date = days.sale_date
            GROUP BY sale.account_id, sale.store_id
        ) AS sold
    WHERE NOT days.is_shown
),

week_payments AS (
    SELECT
        account_id,
        store_id,
        SUM(total_sale) AS amount,
        SUM(payment_count) AS payments
    FROM store_days
    WHERE sale_date < :business_date
    GROUP BY account_id, store_id
),

in_raw AS (
    SELECT
        day_stores.account_id,
        COUNT(*) AS stores,
        COALESCE(SUM(week_payments.amount), 0) AS amount,
        COALESCE(SUM(week_payments.payments), 0) AS payments
    FROM store_days AS day_stores
    LEFT JOIN week_payments
        ON
            day_stores.account_id = week_payments.account_id
            AND day_stores.store_id = week_payments.store_id
    WHERE day_stores.sale_date = :business_date
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
