-- What becomes of each row: the newest version of a key in the window against the one that is held.
CREATE TEMPORARY TABLE judged_product ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, product_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_product
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.product_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash AND held.removed_at IS NULL THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        -- Removed in between, or marked so by a reading that began after this row was read.
        WHEN incoming.observed_at < held.removed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_product AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.product AS held
    ON incoming.account_id = held.account_id AND incoming.product_id = held.product_id;

CREATE TEMPORARY TABLE judged_category ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, category_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_category
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.category_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_category AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.category AS held
    ON incoming.account_id = held.account_id AND incoming.category_id = held.category_id;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE judged_product;
ANALYZE judged_category;
