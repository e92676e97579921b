INSERT INTO raw.refund (
    account_id,
    refund_id,
    order_id,
    item_ids,
    amount,
    points,
    status,
    requested_at,
    completed_at,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.refund_id,
    incoming.order_id,
    incoming.item_ids,
    incoming.amount,
    incoming.points,
    incoming.status,
    incoming.requested_at,
    incoming.completed_at,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_refund AS incoming
INNER JOIN judged_refund AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.refund AS held
SET
    order_id = incoming.order_id,
    item_ids = incoming.item_ids,
    amount = incoming.amount,
    points = incoming.points,
    status = incoming.status,
    requested_at = incoming.requested_at,
    completed_at = incoming.completed_at,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_refund AS incoming
INNER JOIN judged_refund AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.refund_id = incoming.refund_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.refund AS held
SET observed_at = incoming.observed_at
FROM incoming_refund AS incoming
INNER JOIN judged_refund AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.refund_id = incoming.refund_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
