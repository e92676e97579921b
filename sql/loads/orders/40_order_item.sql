-- Before the lines themselves, which tell what was known.
INSERT INTO raw.order_item_status_history (
    account_id,
    item_id,
    item_status,
    raw_status,
    effective_at,
    observed_at,
    is_backward,
    loaded_run_id
)
-- At once and before the first row is written: asked row by row, a table that is empty as yet is read again and again
-- while it grows.
WITH known AS MATERIALIZED (
    SELECT DISTINCT
        held.account_id,
        held.item_id,
        held.item_status
    FROM raw.order_item_status_history AS held
    INNER JOIN item_version AS version
        ON
            held.account_id = version.account_id
            AND held.item_id = version.item_id
            AND held.item_status = version.item_status
),

change AS (
    SELECT
        version.account_id,
        version.item_id,
        version.item_status,
        incoming.raw_status,
        version.observed_at,
        incoming.status_changed_at,
        COALESCE(status_now.step < status_then.step, FALSE) AS is_backward,
        CASE
            WHEN version.item_status = 'PAID' THEN incoming.paid_at
            WHEN version.item_status = 'SHIPPING' THEN incoming.shipped_at
            WHEN version.item_status = 'DELIVERED' THEN incoming.delivered_at
            WHEN version.item_status = 'CONFIRMED' THEN incoming.confirmed_at
            WHEN status_now.is_claimed THEN incoming.claim_requested_at
            WHEN status_now.step = 7 THEN incoming.claim_done_at
        END AS told_at,
        -- A line that comes back to a status took it anew, whatever time the platform has for it.
        ROW_NUMBER() OVER (
            PARTITION BY version.account_id, version.item_id, version.item_status
            ORDER BY version.observed_at ASC, version.row_number ASC
        ) > 1
        OR known.item_id IS NOT NULL AS is_again
    FROM item_version AS version
    INNER JOIN incoming_order_item AS incoming ON version.row_number = incoming.row_number
    INNER JOIN ops.item_status AS status_now ON version.item_status = status_now.item_status
    LEFT JOIN ops.item_status AS status_then ON version.status_before = status_then.item_status
    LEFT JOIN known
        ON
            version.account_id = known.account_id
            AND version.item_id = known.item_id
            AND version.item_status = known.item_status
    WHERE version.item_status IS DISTINCT FROM version.status_before
)

SELECT
    change.account_id,
    change.item_id,
    change.item_status,
    change.raw_status,
    CASE
        WHEN change.is_again THEN change.observed_at
        ELSE COALESCE(change.told_at, change.status_changed_at, change.observed_at)
    END AS effective_at,
    change.observed_at,
    change.is_backward,
    this_load.run_id AS loaded_run_id
FROM change
CROSS JOIN this_load
ON CONFLICT (account_id, item_id, item_status, effective_at) DO NOTHING;

INSERT INTO raw.order_item (
    account_id,
    item_id,
    order_id,
    product_id,
    variant_code,
    seller_code,
    product_name,
    option_text,
    quantity,
    remaining_quantity,
    unit_price,
    line_gross,
    line_discount,
    allocated_discount,
    line_net,
    item_status,
    claim_type,
    claim_state,
    raw_status,
    line_kind,
    ever_paid,
    paid_at,
    paid_on,
    shipped_at,
    delivered_at,
    confirmed_at,
    claim_requested_at,
    claim_done_at,
    claim_done_on,
    status_changed_at,
    commission_amount,
    settlement_amount,
    package_number,
    package_shipping_fee,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.item_id,
    incoming.order_id,
    incoming.product_id,
    incoming.variant_code,
    incoming.seller_code,
    incoming.product_name,
    incoming.option_text,
    incoming.quantity,
    incoming.remaining_quantity,
    incoming.unit_price,
    incoming.line_gross,
    incoming.line_discount,
    0 AS allocated_discount,
    incoming.line_gross - incoming.line_discount AS line_net,
    version.item_status,
    incoming.claim_type,
    incoming.claim_state,
    incoming.raw_status,
    incoming.line_kind,
    version.ever_paid,
    incoming.paid_at,
    incoming.paid_on,
    incoming.shipped_at,
    incoming.delivered_at,
    incoming.confirmed_at,
    incoming.claim_requested_at,
    version.claim_done_at,
    -- The session shows times in the business zone.
    CAST(version.claim_done_at AS DATE) AS claim_done_on,
    incoming.status_changed_at,
    incoming.commission_amount,
    incoming.settlement_amount,
    incoming.package_number,
    incoming.package_shipping_fee,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_order_item AS incoming
INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
INNER JOIN item_version AS version ON incoming.row_number = version.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.order_item AS held
SET
    order_id = incoming.order_id,
    product_id = incoming.product_id,
    variant_code = incoming.variant_code,
    seller_code = incoming.seller_code,
    product_name = incoming.product_name,
    option_text = incoming.option_text,
    quantity = incoming.quantity,
    remaining_quantity = incoming.remaining_quantity,
    unit_price = incoming.unit_price,
    line_gross = incoming.line_gross,
    line_discount = incoming.line_discount,
    line_net = incoming.line_gross - incoming.line_discount - held.allocated_discount,
    item_status = version.item_status,
    claim_type = incoming.claim_type,
    claim_state = incoming.claim_state,
    raw_status = incoming.raw_status,
    line_kind = incoming.line_kind,
    ever_paid = version.ever_paid,
    paid_at = incoming.paid_at,
    paid_on = incoming.paid_on,
    shipped_at = incoming.shipped_at,
    delivered_at = incoming.delivered_at,
    confirmed_at = incoming.confirmed_at,
    claim_requested_at = incoming.claim_requested_at,
    claim_done_at = version.claim_done_at,
    claim_done_on = CAST(version.claim_done_at AS DATE),
    status_changed_at = incoming.status_changed_at,
    commission_amount = incoming.commission_amount,
    settlement_amount = incoming.settlement_amount,
    package_number = incoming.package_number,
    package_shipping_fee = incoming.package_shipping_fee,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_order_item AS incoming
INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
INNER JOIN item_version AS version ON incoming.row_number = version.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.item_id = incoming.item_id
    AND judged.outcome = 'updated';

UPDATE raw.order_item AS held
SET observed_at = incoming.observed_at
FROM incoming_order_item AS incoming
INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.item_id = incoming.item_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
