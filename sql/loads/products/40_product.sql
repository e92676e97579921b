INSERT INTO raw.product (
    account_id,
    product_id,
    product_code,
    seller_code,
    product_name,
    category_id,
    list_price,
    sale_price,
    supply_price,
    status,
    stock,
    created_at,
    updated_at,
    removed_at,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.product_id,
    incoming.product_code,
    incoming.seller_code,
    incoming.product_name,
    incoming.category_id,
    incoming.list_price,
    incoming.sale_price,
    incoming.supply_price,
    incoming.status,
    incoming.stock,
    incoming.created_at,
    incoming.updated_at,
    CAST(NULL AS TIMESTAMPTZ) AS removed_at,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_product AS incoming
INNER JOIN judged_product AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.product AS held
SET
    product_code = incoming.product_code,
    seller_code = incoming.seller_code,
    product_name = incoming.product_name,
    category_id = incoming.category_id,
    list_price = incoming.list_price,
    sale_price = incoming.sale_price,
    supply_price = incoming.supply_price,
    status = incoming.status,
    stock = incoming.stock,
    created_at = incoming.created_at,
    updated_at = incoming.updated_at,
    removed_at = NULL,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_product AS incoming
INNER JOIN judged_product AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.product_id = incoming.product_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.product AS held
SET observed_at = incoming.observed_at
FROM incoming_product AS incoming
INNER JOIN judged_product AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.product_id = incoming.product_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
