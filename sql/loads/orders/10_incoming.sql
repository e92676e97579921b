-- What the clean files bring: the tables' columns but for those this load works out.
CREATE TEMPORARY TABLE incoming_sales_order ON COMMIT DROP AS
SELECT
    account_id,
    order_id,
    sub_channel,
    ordered_at,
    ordered_on,
    paid_at,
    customer_key,
    currency,
    order_discount,
    shipping_fee,
    points_used,
    paid_amount,
    control_amount,
    is_mobile,
    is_first_order,
    imported_from,
    market_order_no,
    source_hash,
    observed_at
FROM raw.sales_order
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_order_item ON COMMIT DROP AS
SELECT
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
    observed_at
FROM raw.order_item
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_order_coupon ON COMMIT DROP AS
SELECT
    account_id,
    order_id,
    item_id,
    coupon_code,
    coupon_id,
    coupon_name,
    discount_amount,
    source_hash,
    observed_at
FROM raw.order_coupon
WITH NO DATA;
