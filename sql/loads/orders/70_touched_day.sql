-- Where the affected orders stood, and where they stand now.
INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
WITH day AS (
    SELECT business_date FROM day_before
    UNION DISTINCT
    SELECT placed.ordered_on AS business_date
    FROM raw.sales_order AS placed
    INNER JOIN affected_order AS affected
        ON placed.account_id = affected.account_id AND placed.order_id = affected.order_id
    UNION DISTINCT
    SELECT UNNEST(ARRAY[item.paid_on, item.claim_done_on]) AS business_date
    FROM raw.order_item AS item
    INNER JOIN affected_order AS affected
        ON item.account_id = affected.account_id AND item.order_id = affected.order_id
)

SELECT
    this_load.dataset,
    day.business_date,
    this_load.run_id,
    this_load.load_date
FROM day
CROSS JOIN this_load
WHERE day.business_date IS NOT NULL;
