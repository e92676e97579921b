INSERT INTO raw.coupon (
    account_id,
    coupon_id,
    coupon_name,
    benefit_kind,
    benefit_value,
    max_discount,
    min_order,
    valid_from,
    valid_to,
    issued_count,
    is_deleted,
    created_at,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.coupon_id,
    incoming.coupon_name,
    incoming.benefit_kind,
    incoming.benefit_value,
    incoming.max_discount,
    incoming.min_order,
    incoming.valid_from,
    incoming.valid_to,
    incoming.issued_count,
    incoming.is_deleted,
    incoming.created_at,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_coupon AS incoming
INNER JOIN judged_coupon AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.coupon AS held
SET
    coupon_name = incoming.coupon_name,
    benefit_kind = incoming.benefit_kind,
    benefit_value = incoming.benefit_value,
    max_discount = incoming.max_discount,
    min_order = incoming.min_order,
    valid_from = incoming.valid_from,
    valid_to = incoming.valid_to,
    issued_count = incoming.issued_count,
    is_deleted = incoming.is_deleted,
    created_at = incoming.created_at,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_coupon AS incoming
INNER JOIN judged_coupon AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.coupon_id = incoming.coupon_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.coupon AS held
SET observed_at = incoming.observed_at
FROM incoming_coupon AS incoming
INNER JOIN judged_coupon AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.coupon_id = incoming.coupon_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
