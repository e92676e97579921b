-- What becomes of each row: the newest version of a key in the window against the one that is held.
CREATE TEMPORARY TABLE judged_coupon ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, coupon_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_coupon
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.coupon_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_coupon AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.coupon AS held
    ON incoming.account_id = held.account_id AND incoming.coupon_id = held.coupon_id;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE judged_coupon;
