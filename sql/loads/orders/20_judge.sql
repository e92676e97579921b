-- What becomes of each row: the newest version of a key in the window against the one that is held.
CREATE TEMPORARY TABLE judged_sales_order ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, order_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_sales_order
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.order_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_sales_order AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.sales_order AS held
    ON incoming.account_id = held.account_id AND incoming.order_id = held.order_id;

CREATE TEMPORARY TABLE judged_order_item ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, item_id ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_order_item
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.item_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_order_item AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.order_item AS held
    ON incoming.account_id = held.account_id AND incoming.item_id = held.item_id;

CREATE TEMPORARY TABLE judged_order_coupon ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, order_id, item_id, coupon_code
            ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_order_coupon
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 THEN 'superseded'
        WHEN held.order_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        WHEN incoming.observed_at < held.observed_at THEN 'superseded'
        ELSE 'updated'
    END AS outcome
FROM incoming_order_coupon AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
LEFT JOIN raw.order_coupon AS held
    ON
        incoming.account_id = held.account_id
        AND incoming.order_id = held.order_id
        AND incoming.item_id = held.item_id
        AND incoming.coupon_code = held.coupon_code;

-- Each version of a line that is not older than what is held, in their order, with the status it leaves the line in: an
-- UNKNOWN one leaves it in the last that was known.
CREATE TEMPORARY TABLE item_version ON COMMIT DROP AS
WITH version AS (
    SELECT
        held.account_id,
        held.item_id,
        held.item_status,
        held.ever_paid,
        held.remaining_quantity < held.quantity AS is_partly_claimed,
        held.claim_done_at,
        held.observed_at,
        CAST(0 AS BIGINT) AS row_number
    FROM raw.order_item AS held
    WHERE
        EXISTS (
            SELECT 1 FROM incoming_order_item AS incoming
            WHERE incoming.account_id = held.account_id AND incoming.item_id = held.item_id
        )
    UNION ALL
    SELECT
        incoming.account_id,
        incoming.item_id,
        incoming.item_status,
        incoming.ever_paid,
        incoming.remaining_quantity < incoming.quantity AS is_partly_claimed,
        incoming.claim_done_at,
        incoming.observed_at,
        incoming.row_number
    FROM incoming_order_item AS incoming
    LEFT JOIN raw.order_item AS held
        ON incoming.account_id = held.account_id AND incoming.item_id = held.item_id
    WHERE
        held.item_id IS NULL
        OR incoming.observed_at > held.observed_at
        OR (incoming.observed_at = held.observed_at AND incoming.source_hash <> held.source_hash)
),

counted AS (
    SELECT
        account_id,
        item_id,
        item_status,
        ever_paid,
        is_partly_claimed,
        claim_done_at,
        observed_at,
        row_number,
        COUNT(*) FILTER (WHERE item_status <> 'UNKNOWN') OVER (
            PARTITION BY account_id, item_id ORDER BY observed_at ASC, row_number ASC
        ) AS known_versions
    FROM version
),

settled AS (
    SELECT
        account_id,
        item_id,
        is_partly_claimed,
        claim_done_at,
        observed_at,
        row_number,
        COALESCE(
            MAX(item_status) FILTER (WHERE item_status <> 'UNKNOWN') OVER (
                PARTITION BY account_id, item_id, known_versions
            ),
            'UNKNOWN'
        ) AS item_status,
        COALESCE(
            BOOL_OR(ever_paid) FILTER (WHERE item_status <> 'UNKNOWN') OVER (
                PARTITION BY account_id, item_id, known_versions
            ),
            ever_paid
        ) AS ever_paid
    FROM counted
),

claimed AS (
    SELECT
        account_id,
        item_id,
        claim_done_at,
        observed_at,
        row_number,
        item_status,
        ever_paid,
        is_partly_claimed OR item_status IN ('CANCELED', 'RETURNED', 'EXCHANGED') AS is_claim_done
    FROM settled
)

SELECT
    account_id,
    item_id,
    observed_at,
    row_number,
    item_status,
    ever_paid,
    -- Where the platform does not tell when a claim was done: the first time it was seen so.
    COALESCE(
        claim_done_at,
        CASE
            WHEN is_claim_done
                THEN
                    COALESCE(
                        MAX(claim_done_at) FILTER (WHERE row_number = 0 AND is_claim_done) OVER (
                            PARTITION BY account_id, item_id
                        ),
                        MIN(observed_at) FILTER (WHERE row_number > 0 AND is_claim_done) OVER (
                            PARTITION BY account_id, item_id
                        )
                    )
        END
    ) AS claim_done_at,
    LAG(item_status) OVER (
        PARTITION BY account_id, item_id ORDER BY observed_at ASC, row_number ASC
    ) AS status_before
FROM claimed;

-- Orders of which anything changes; the days they stood on before.
CREATE TEMPORARY TABLE affected_order ON COMMIT DROP AS
SELECT
    incoming.account_id,
    incoming.order_id
FROM incoming_sales_order AS incoming
INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
WHERE judged.outcome IN ('inserted', 'updated')
UNION DISTINCT
SELECT
    incoming.account_id,
    incoming.order_id
FROM incoming_order_item AS incoming
INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
WHERE judged.outcome IN ('inserted', 'updated')
UNION DISTINCT
SELECT
    held.account_id,
    held.order_id
FROM incoming_order_item AS incoming
INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
INNER JOIN raw.order_item AS held
    ON incoming.account_id = held.account_id AND incoming.item_id = held.item_id
WHERE judged.outcome = 'updated'
UNION DISTINCT
SELECT
    incoming.account_id,
    incoming.order_id
FROM incoming_order_coupon AS incoming
INNER JOIN judged_order_coupon AS judged ON incoming.row_number = judged.row_number
WHERE judged.outcome IN ('inserted', 'updated');

CREATE TEMPORARY TABLE day_before ON COMMIT DROP AS
SELECT held.ordered_on AS business_date
FROM raw.sales_order AS held
INNER JOIN affected_order AS affected
    ON held.account_id = affected.account_id AND held.order_id = affected.order_id
UNION DISTINCT
SELECT UNNEST(ARRAY[held.paid_on, held.claim_done_on]) AS business_date
FROM raw.order_item AS held
INNER JOIN affected_order AS affected
    ON held.account_id = affected.account_id AND held.order_id = affected.order_id;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE judged_sales_order;
ANALYZE judged_order_item;
ANALYZE judged_order_coupon;
ANALYZE item_version;
ANALYZE affected_order;
ANALYZE day_before;
