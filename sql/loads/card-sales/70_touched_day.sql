-- The days whose marts show these sales: their own, before and now, and the seven after it, whose week they are in. A week
-- that is not over is not built yet.
INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
WITH changed AS (
    SELECT UNNEST(ARRAY[sale_date, held_sale_date]) AS sale_date
    FROM judged_card_sale
    WHERE outcome IN ('inserted', 'updated')
    UNION DISTINCT
    SELECT sale_date
    FROM judged_card_sale_vanished
    WHERE outcome = 'updated'
    UNION DISTINCT
    SELECT sale_date FROM first_card_sale
),

shown AS (
    SELECT DISTINCT changed.sale_date + following.days AS business_date
    FROM changed
    CROSS JOIN GENERATE_SERIES(0, 7) AS following (days)
    CROSS JOIN this_load
    WHERE
        changed.sale_date IS NOT NULL
        AND (following.days = 0 OR changed.sale_date + following.days <= this_load.load_date)
)

SELECT
    this_load.dataset,
    shown.business_date,
    this_load.run_id,
    this_load.load_date
FROM shown
CROSS JOIN this_load;
