INSERT INTO raw.order_coupon (
    account_id,
    order_id,
    item_id,
    coupon_code,
    coupon_id,
    coupon_name,
    discount_amount,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.order_id,
    incoming.item_id,
    incoming.coupon_code,
    incoming.coupon_id,
    incoming.coupon_name,
    incoming.discount_amount,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_order_coupon AS incoming
INNER JOIN judged_order_coupon AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.order_coupon AS held
SET
    coupon_id = incoming.coupon_id,
    coupon_name = incoming.coupon_name,
    discount_amount = incoming.discount_amount,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_order_coupon AS incoming
INNER JOIN judged_order_coupon AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.order_id = incoming.order_id
    AND held.item_id = incoming.item_id
    AND held.coupon_code = incoming.coupon_code
    AND judged.outcome = 'updated';

UPDATE raw.order_coupon AS held
SET observed_at = incoming.observed_at
FROM incoming_order_coupon AS incoming
INNER JOIN judged_order_coupon AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.order_id = incoming.order_id
    AND held.item_id = incoming.item_id
    AND held.coupon_code = incoming.coupon_code
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
