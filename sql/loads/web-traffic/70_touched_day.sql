-- The mart is made of visits alone; the other two are read as they are.
INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
WITH day AS (
    SELECT traffic_date FROM gone_web_daily
    UNION DISTINCT
    SELECT incoming.traffic_date
    FROM incoming_web_daily AS incoming
    INNER JOIN judged_web_daily AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome IN ('inserted', 'updated')
)

SELECT
    this_load.dataset,
    day.traffic_date,
    this_load.run_id,
    this_load.load_date
FROM day
CROSS JOIN this_load;
