INSERT INTO raw.category (
    account_id,
    category_id,
    parent_id,
    depth,
    category_name,
    path,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.category_id,
    incoming.parent_id,
    incoming.depth,
    incoming.category_name,
    incoming.path,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_category AS incoming
INNER JOIN judged_category AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.category AS held
SET
    parent_id = incoming.parent_id,
    depth = incoming.depth,
    category_name = incoming.category_name,
    path = incoming.path,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_category AS incoming
INNER JOIN judged_category AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.category_id = incoming.category_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.category AS held
SET observed_at = incoming.observed_at
FROM incoming_category AS incoming
INNER JOIN judged_category AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.category_id = incoming.category_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
