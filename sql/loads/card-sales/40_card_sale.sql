-- What a row was before it is replaced.
INSERT INTO raw.card_sale_history (
    account_id,
    sale_id,
    created,
    modified,
    remark,
    num_approval,
    card_company,
    card_category,
    card_number,
    card_key,
    amount_sale,
    amount_fee,
    amount_deposit,
    is_canceled,
    sold_at,
    will_deposited_at,
    raw_data,
    platform,
    daily_sale_id,
    store_id,
    result_code,
    result_msg,
    extra_payment_id,
    detail_status,
    processing_status,
    sale_date,
    source_hash,
    observed_at,
    vanished_at,
    loaded_run_id,
    replaced_by_run_id
)
SELECT
    held.account_id,
    held.sale_id,
    held.created,
    held.modified,
    held.remark,
    held.num_approval,
    held.card_company,
    held.card_category,
    held.card_number,
    held.card_key,
    held.amount_sale,
    held.amount_fee,
    held.amount_deposit,
    held.is_canceled,
    held.sold_at,
    held.will_deposited_at,
    held.raw_data,
    held.platform,
    held.daily_sale_id,
    held.store_id,
    held.result_code,
    held.result_msg,
    held.extra_payment_id,
    held.detail_status,
    held.processing_status,
    held.sale_date,
    held.source_hash,
    held.observed_at,
    held.vanished_at,
    held.loaded_run_id,
    this_load.run_id AS replaced_by_run_id
FROM judged_card_sale AS judged
INNER JOIN raw.card_sale AS held
    ON judged.account_id = held.account_id AND judged.sale_id = held.sale_id
CROSS JOIN this_load
WHERE judged.outcome = 'updated';

SELECT ops.make_card_sale_part(this_load.account_id)
FROM this_load
WHERE EXISTS (
    SELECT 1 FROM judged_card_sale AS judged
    WHERE judged.outcome = 'inserted'
);

INSERT INTO raw.card_sale (
    account_id,
    sale_id,
    created,
    modified,
    remark,
    num_approval,
    card_company,
    card_category,
    card_number,
    card_key,
    amount_sale,
    amount_fee,
    amount_deposit,
    is_canceled,
    sold_at,
    will_deposited_at,
    raw_data,
    platform,
    daily_sale_id,
    store_id,
    result_code,
    result_msg,
    extra_payment_id,
    detail_status,
    processing_status,
    sale_date,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.sale_id,
    incoming.created,
    incoming.modified,
    incoming.remark,
    incoming.num_approval,
    incoming.card_company,
    incoming.card_category,
    incoming.card_number,
    incoming.card_key,
    incoming.amount_sale,
    incoming.amount_fee,
    incoming.amount_deposit,
    incoming.is_canceled,
    incoming.sold_at,
    incoming.will_deposited_at,
    incoming.raw_data,
    incoming.platform,
    incoming.daily_sale_id,
    incoming.store_id,
    incoming.result_code,
    incoming.result_msg,
    incoming.extra_payment_id,
    incoming.detail_status,
    incoming.processing_status,
    incoming.sale_date,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_card_sale AS incoming
INNER JOIN judged_card_sale AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.card_sale AS held
SET
    created = incoming.created,
    modified = incoming.modified,
    remark = incoming.remark,
    num_approval = incoming.num_approval,
    card_company = incoming.card_company,
    card_category = incoming.card_category,
    card_number = incoming.card_number,
    card_key = incoming.card_key,
    amount_sale = incoming.amount_sale,
    amount_fee = incoming.amount_fee,
    amount_deposit = incoming.amount_deposit,
    is_canceled = incoming.is_canceled,
    sold_at = incoming.sold_at,
    will_deposited_at = incoming.will_deposited_at,
    raw_data = incoming.raw_data,
    platform = incoming.platform,
    daily_sale_id = incoming.daily_sale_id,
    store_id = incoming.store_id,
    result_code = incoming.result_code,
    result_msg = incoming.result_msg,
    extra_payment_id = incoming.extra_payment_id,
    detail_status = incoming.detail_status,
    processing_status = incoming.processing_status,
    sale_date = incoming.sale_date,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    vanished_at = NULL,
    loaded_run_id = this_load.run_id
FROM incoming_card_sale AS incoming
INNER JOIN judged_card_sale AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.sale_id = incoming.sale_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.card_sale AS held
SET observed_at = incoming.observed_at
FROM incoming_card_sale AS incoming
INNER JOIN judged_card_sale AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.sale_id = incoming.sale_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
