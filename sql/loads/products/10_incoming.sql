-- What the clean files bring: the tables' columns but for what this load works out.
CREATE TEMPORARY TABLE incoming_product ON COMMIT DROP AS
SELECT
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
    source_hash,
    observed_at
FROM raw.product
WITH NO DATA;

CREATE TEMPORARY TABLE incoming_category ON COMMIT DROP AS
SELECT
    account_id,
    category_id,
    parent_id,
    depth,
    category_name,
    path,
    source_hash,
    observed_at
FROM raw.category
WITH NO DATA;
