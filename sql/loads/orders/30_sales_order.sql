-- A key names who bought; where it was made from a contact only, there is no account behind it.
INSERT INTO raw.customer AS held (
    customer_key, tenant_id, channel_code, kind, first_seen_at, person_key
)
SELECT
    incoming.customer_key,
    this_load.tenant_id,
    this_load.channel_code,
    CASE WHEN this_load.channel_code = 'ABLY' THEN 'GUEST' ELSE 'MEMBER' END AS kind,
    MIN(incoming.ordered_at) AS first_seen_at,
    NULL AS person_key
FROM incoming_sales_order AS incoming
INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE incoming.customer_key IS NOT NULL AND judged.outcome IN ('inserted', 'updated')
GROUP BY incoming.customer_key, this_load.tenant_id, this_load.channel_code
-- In one order, whatever else is loaded now: two loads never wait for each other in a circle.
ORDER BY incoming.customer_key
ON CONFLICT (customer_key) DO UPDATE
    SET first_seen_at = excluded.first_seen_at
    WHERE held.first_seen_at > excluded.first_seen_at;

-- What is worked out over the lines is so in 60_sums.sql, when they are there.
INSERT INTO raw.sales_order (
    account_id,
    order_id,
    tenant_id,
    channel_code,
    sub_channel,
    ordered_at,
    ordered_on,
    paid_at,
    customer_key,
    currency,
    item_gross,
    item_discount,
    order_discount,
    shipping_fee,
    points_used,
    paid_amount,
    control_amount,
    is_mobile,
    is_first_order,
    imported_from,
    market_order_no,
    item_count,
    status,
    has_open_claim,
    source_hash,
    observed_at,
    first_seen_at,
    last_seen_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.order_id,
    this_load.tenant_id,
    this_load.channel_code,
    incoming.sub_channel,
    incoming.ordered_at,
    incoming.ordered_on,
    incoming.paid_at,
    incoming.customer_key,
    incoming.currency,
    0 AS item_gross,
    0 AS item_discount,
    incoming.order_discount,
    incoming.shipping_fee,
    incoming.points_used,
    incoming.paid_amount,
    incoming.control_amount,
    incoming.is_mobile,
    incoming.is_first_order,
    incoming.imported_from,
    incoming.market_order_no,
    0 AS item_count,
    'UNKNOWN' AS status,
    FALSE AS has_open_claim,
    incoming.source_hash,
    incoming.observed_at,
    incoming.observed_at AS first_seen_at,
    incoming.observed_at AS last_seen_at,
    this_load.run_id AS loaded_run_id
FROM incoming_sales_order AS incoming
INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.sales_order AS held
SET
    sub_channel = incoming.sub_channel,
    ordered_at = incoming.ordered_at,
    ordered_on = incoming.ordered_on,
    paid_at = incoming.paid_at,
    customer_key = incoming.customer_key,
    currency = incoming.currency,
    order_discount = incoming.order_discount,
    shipping_fee = incoming.shipping_fee,
    points_used = incoming.points_used,
    paid_amount = incoming.paid_amount,
    control_amount = incoming.control_amount,
    is_mobile = incoming.is_mobile,
    is_first_order = incoming.is_first_order,
    imported_from = incoming.imported_from,
    market_order_no = incoming.market_order_no,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    last_seen_at = GREATEST(held.last_seen_at, incoming.observed_at),
    loaded_run_id = this_load.run_id
FROM incoming_sales_order AS incoming
INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.order_id = incoming.order_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.sales_order AS held
SET
    observed_at = incoming.observed_at,
    last_seen_at = GREATEST(held.last_seen_at, incoming.observed_at)
FROM incoming_sales_order AS incoming
INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.order_id = incoming.order_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
