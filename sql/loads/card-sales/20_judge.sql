-- What becomes of each row: the newest version of a key in the window against the one that is held.
CREATE TEMPORARY TABLE judged_card_sale ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, sale_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_card_sale
)

SELECT
    incoming.row_number,
    incoming.file_number,
    incoming.account_id,
    incoming.sale_id,
    incoming.sale_date,
    held.sale_date AS held_sale_date,
    held.vanished_at AS held_vanished_at,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.sale_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash AND held.vanished_at IS NULL THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        -- Seen to be there no more after this row was read.
        WHEN incoming.observed_at <= held.vanished_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_card_sale AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.card_sale AS held
    ON incoming.account_id = held.account_id AND incoming.sale_id = held.sale_id;

-- A sale that was read later than it was missed is there again, or was never missed.
CREATE TEMPORARY TABLE judged_card_sale_vanished ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, sale_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_card_sale_vanished
)

SELECT
    incoming.row_number,
    incoming.file_number,
    incoming.account_id,
    incoming.sale_id,
    incoming.observed_at,
    held.sale_date,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.sale_id IS NULL OR held.vanished_at IS NOT NULL THEN 'unchanged'
        WHEN incoming.observed_at <= held.observed_at THEN 'superseded'
        WHEN
            EXISTS (
                SELECT 1 FROM incoming_card_sale AS found
                WHERE
                    found.account_id = incoming.account_id
                    AND found.sale_id = incoming.sale_id
                    AND found.observed_at >= incoming.observed_at
            )
            THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_card_sale_vanished AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.card_sale AS held
    ON incoming.account_id = held.account_id AND incoming.sale_id = held.sale_id;

CREATE TEMPORARY TABLE judged_card_store ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, store_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_card_store
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.store_id IS NULL THEN 'inserted'
        WHEN incoming.name = held.name THEN 'unchanged'
        ELSE 'updated'
    END AS outcome
FROM incoming_card_store AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.card_store AS held
    ON incoming.account_id = held.account_id AND incoming.store_id = held.store_id;

CREATE TEMPORARY TABLE judged_card_month ON COMMIT DROP AS
SELECT
    row_number,
    file_number,
    CASE
        WHEN
            ROW_NUMBER() OVER (
                PARTITION BY month_start ORDER BY observed_at DESC, row_number DESC
            ) > 1
            THEN 'superseded'
        ELSE 'inserted'
    END AS outcome
FROM incoming_card_month;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE judged_card_sale;
ANALYZE judged_card_sale_vanished;
ANALYZE judged_card_store;
