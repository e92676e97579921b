-- Absence says something only where all there is was read; then of products that were known before that reading began.
WITH reading AS (
    SELECT
        account_id,
        MIN(observed_at) AS began_at,
        MAX(observed_at) AS ended_at
    FROM incoming_product
    GROUP BY account_id
)

UPDATE raw.product AS held
SET
    removed_at = reading.ended_at,
    loaded_run_id = this_load.run_id
FROM reading
CROSS JOIN this_load
WHERE
    this_load.is_complete
    AND held.account_id = reading.account_id
    AND held.removed_at IS NULL
    AND held.observed_at < reading.began_at
    AND NOT EXISTS (
        SELECT 1 FROM incoming_product AS incoming
        WHERE incoming.account_id = held.account_id AND incoming.product_id = held.product_id
    );
