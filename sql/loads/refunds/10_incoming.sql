-- What the clean files bring.
CREATE TEMPORARY TABLE incoming_refund ON COMMIT DROP AS
SELECT
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
    observed_at
FROM raw.refund
WITH NO DATA;
