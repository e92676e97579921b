-- What the clean files bring.
CREATE TEMPORARY TABLE incoming_coupon ON COMMIT DROP AS
SELECT
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
    observed_at
FROM raw.coupon
WITH NO DATA;
