-- Why: what shops sell over all their channels, in one order table: orders, items with their history,
-- products, coupons, refunds and web traffic. Rows change after they were made, so they are merged by key.
INSERT INTO ops.channel (channel_code, name_ko, sells) VALUES ('FILE', '파일', TRUE);

CREATE TABLE raw.customer (
    customer_key TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL REFERENCES ops.channel (channel_code),
    kind TEXT NOT NULL CHECK (kind IN ('MEMBER', 'GUEST')),
    first_seen_at TIMESTAMPTZ NOT NULL,
    person_key TEXT
);

CREATE TABLE raw.sales_order (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    order_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL REFERENCES ops.channel (channel_code),
    sub_channel TEXT,
    ordered_at TIMESTAMPTZ NOT NULL,
    ordered_on DATE NOT NULL,
    paid_at TIMESTAMPTZ,
    customer_key TEXT REFERENCES raw.customer (customer_key),
    currency TEXT NOT NULL,
    item_gross NUMERIC(14, 2) NOT NULL,
    item_discount NUMERIC(14, 2) NOT NULL,
    order_discount NUMERIC(14, 2) NOT NULL,
    shipping_fee NUMERIC(14, 2),
    points_used NUMERIC(14, 2),
    paid_amount NUMERIC(14, 2),
    control_amount NUMERIC(14, 2),
    is_mobile BOOLEAN,
    is_first_order BOOLEAN,
    imported_from TEXT,
    market_order_no TEXT,
    item_count INTEGER NOT NULL,
    status TEXT NOT NULL,
    has_open_claim BOOLEAN NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, order_id)
);
CREATE INDEX ON raw.sales_order (ordered_on);

CREATE TABLE raw.order_item (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    item_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    product_id TEXT,
    variant_code TEXT,
    seller_code TEXT,
    product_name TEXT NOT NULL,
    option_text TEXT,
    quantity INTEGER NOT NULL,
    remaining_quantity INTEGER NOT NULL,
    unit_price NUMERIC(14, 2) NOT NULL,
    line_gross NUMERIC(14, 2) NOT NULL,
    line_discount NUMERIC(14, 2) NOT NULL,
    allocated_discount NUMERIC(14, 2) NOT NULL,
    line_net NUMERIC(14, 2) NOT NULL,
    item_status TEXT NOT NULL,
    claim_type TEXT,
    claim_state TEXT,
    raw_status TEXT NOT NULL,
    line_kind TEXT NOT NULL CHECK (line_kind IN ('SALE', 'EXCHANGE_OUT')),
    ever_paid BOOLEAN NOT NULL,
    paid_at TIMESTAMPTZ,
    paid_on DATE,
    shipped_at TIMESTAMPTZ,
    delivered_at TIMESTAMPTZ,
    confirmed_at TIMESTAMPTZ,
    claim_requested_at TIMESTAMPTZ,
    claim_done_at TIMESTAMPTZ,
    claim_done_on DATE,
    status_changed_at TIMESTAMPTZ,
    commission_amount NUMERIC(14, 2),
    settlement_amount NUMERIC(14, 2),
    package_number TEXT,
    package_shipping_fee NUMERIC(14, 2),
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, item_id),
    FOREIGN KEY (account_id, order_id) REFERENCES raw.sales_order (account_id, order_id)
);
CREATE INDEX ON raw.order_item (account_id, order_id);
CREATE INDEX ON raw.order_item (paid_on);
CREATE INDEX ON raw.order_item (claim_done_on);

CREATE TABLE raw.order_item_status_history (
    account_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    item_status TEXT NOT NULL,
    raw_status TEXT NOT NULL,
    effective_at TIMESTAMPTZ NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    is_backward BOOLEAN NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, item_id, item_status, effective_at)
);

CREATE TABLE raw.order_coupon (
    account_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    coupon_code TEXT NOT NULL,
    coupon_id TEXT,
    coupon_name TEXT NOT NULL,
    discount_amount NUMERIC(14, 2) NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, order_id, item_id, coupon_code)
);

CREATE TABLE raw.category (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    category_id TEXT NOT NULL,
    parent_id TEXT,
    depth INTEGER NOT NULL,
    category_name TEXT NOT NULL,
    path TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, category_id)
);

CREATE TABLE raw.product (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    product_id TEXT NOT NULL,
    product_code TEXT,
    seller_code TEXT,
    product_name TEXT NOT NULL,
    category_id TEXT,
    list_price NUMERIC(14, 2),
    sale_price NUMERIC(14, 2),
    supply_price NUMERIC(14, 2),
    status TEXT NOT NULL CHECK (status IN ('ON_SALE', 'SOLD_OUT', 'HIDDEN', 'ENDED', 'UNKNOWN')),
    stock INTEGER,
    created_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    removed_at TIMESTAMPTZ,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, product_id)
);

CREATE TABLE raw.coupon (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    coupon_id TEXT NOT NULL,
    coupon_name TEXT NOT NULL,
    benefit_kind TEXT NOT NULL CHECK (benefit_kind IN ('AMOUNT', 'PERCENT', 'SHIPPING', 'POINT', 'OTHER')),
    benefit_value NUMERIC(14, 2),
    max_discount NUMERIC(14, 2),
    min_order NUMERIC(14, 2),
    valid_from TIMESTAMPTZ,
    valid_to TIMESTAMPTZ,
    issued_count BIGINT,
    is_deleted BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, coupon_id)
);

CREATE TABLE raw.refund (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    refund_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    item_ids TEXT NOT NULL,
    amount NUMERIC(14, 2) NOT NULL,
    points NUMERIC(14, 2) NOT NULL,
    status TEXT NOT NULL,
    requested_at TIMESTAMPTZ,
    completed_at TIMESTAMPTZ,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, refund_id)
);

CREATE TABLE raw.web_daily (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    traffic_source TEXT NOT NULL CHECK (traffic_source IN ('GA4', 'UA')),
    traffic_date DATE NOT NULL,
    channel_group TEXT NOT NULL,
    source_name TEXT NOT NULL,
    medium TEXT NOT NULL,
    sessions BIGINT NOT NULL,
    users BIGINT NOT NULL,
    purchases BIGINT NOT NULL,
    revenue NUMERIC(14, 2) NOT NULL,
    is_approximate BOOLEAN NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, traffic_source, traffic_date, channel_group, source_name, medium)
);
CREATE INDEX ON raw.web_daily (traffic_date);

-- How far an account's records of a dataset are loaded; moved by the load, in its transaction.
CREATE TABLE ops.watermark (
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    position TIMESTAMPTZ NOT NULL,
    run_id TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (dataset, slice)
);

-- Days whose marts do not yet show what a load changed.
CREATE TABLE ops.touched_day (
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    run_id TEXT NOT NULL,
    load_date DATE NOT NULL,
    touched_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (dataset, business_date, run_id)
);
