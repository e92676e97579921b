-- What a weekly comparison found, and what of it this load has mended: by the month a sale is of now.
INSERT INTO ops.card_month_difference (
    run_id,
    month_start,
    account_id,
    load_date,
    stored_rows,
    source_rows,
    stored_checksum,
    source_checksum,
    brought,
    changed,
    returned,
    vanished
)
WITH mended AS (
    SELECT
        DATE_TRUNC('month', sale_date) AS month_start,
        outcome = 'inserted' AS is_brought,
        outcome = 'updated' AND held_vanished_at IS NULL AS is_changed,
        outcome = 'updated' AND held_vanished_at IS NOT NULL AS is_returned,
        FALSE AS is_vanished
    FROM judged_card_sale
    UNION ALL
    SELECT
        DATE_TRUNC('month', sale_date) AS month_start,
        FALSE AS is_brought,
        FALSE AS is_changed,
        FALSE AS is_returned,
        outcome = 'updated' AS is_vanished
    FROM judged_card_sale_vanished
),

counted AS (
    SELECT
        CAST(month_start AS DATE) AS month_start,
        COUNT(*) FILTER (WHERE is_brought) AS brought,
        COUNT(*) FILTER (WHERE is_changed) AS changed,
        COUNT(*) FILTER (WHERE is_returned) AS returned,
        COUNT(*) FILTER (WHERE is_vanished) AS vanished
    FROM mended
    GROUP BY month_start
)

SELECT
    this_load.run_id,
    incoming.month_start,
    incoming.account_id,
    this_load.load_date,
    incoming.stored_rows,
    incoming.source_rows,
    incoming.stored_checksum,
    incoming.source_checksum,
    COALESCE(counted.brought, 0) AS brought,
    COALESCE(counted.changed, 0) AS changed,
    COALESCE(counted.returned, 0) AS returned,
    COALESCE(counted.vanished, 0) AS vanished
FROM incoming_card_month AS incoming
INNER JOIN judged_card_month AS judged ON incoming.row_number = judged.row_number
LEFT JOIN counted ON incoming.month_start = counted.month_start
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';
