-- Why: what shops sell over all their channels, in one order table: orders, items with their history,
-- products, coupons, refunds and web traffic. Rows change after they were made, so they are merged by key.
INSERT INTO ops.channel (channel_code, name_ko, sells) VALUES ('FILE', '파일', TRUE);
COMMENT ON COLUMN ops.channel.channel_code IS
'CAFE24, NAVER, ABLY or GA4; FILE for orders that come as a file.';

CREATE TABLE ops.item_status (
    item_status TEXT PRIMARY KEY,
    step INTEGER,
    order_rank INTEGER NOT NULL,
    is_open BOOLEAN NOT NULL,
    is_ended BOOLEAN NOT NULL,
    is_claimed BOOLEAN NOT NULL
);
INSERT INTO ops.item_status (item_status, step, order_rank, is_open, is_ended, is_claimed)
VALUES
('PENDING_PAYMENT', 1, 1, TRUE, FALSE, FALSE),
('PAID', 2, 2, TRUE, FALSE, FALSE),
('PREPARING', 3, 3, TRUE, FALSE, FALSE),
('SHIPPING', 4, 4, TRUE, FALSE, FALSE),
('DELIVERED', 5, 5, TRUE, FALSE, FALSE),
('CONFIRMED', 6, 6, FALSE, FALSE, FALSE),
('CANCEL_REQUESTED', NULL, 7, TRUE, FALSE, TRUE),
('RETURN_REQUESTED', NULL, 8, TRUE, FALSE, TRUE),
('EXCHANGE_REQUESTED', NULL, 9, TRUE, FALSE, TRUE),
('EXCHANGED', 7, 10, FALSE, FALSE, FALSE),
('UNKNOWN', NULL, 11, TRUE, FALSE, FALSE),
('RETURNED', 7, 12, FALSE, TRUE, FALSE),
('CANCELED', 7, 13, FALSE, TRUE, FALSE);
COMMENT ON TABLE ops.item_status IS
'What a line of an order may be, in the words of all channels.';
COMMENT ON COLUMN ops.item_status.item_status IS
'The word.';
COMMENT ON COLUMN ops.item_status.step IS
'How far it is: a line that goes to a smaller one went back. NULL for claims that are not decided, which stand beside.';
COMMENT ON COLUMN ops.item_status.order_rank IS
'An order has the status of its lines with the smallest.';
COMMENT ON COLUMN ops.item_status.is_open IS
'Whether it is expected to change: such lines are read again each day.';
COMMENT ON COLUMN ops.item_status.is_ended IS
'Whether the line is no sale any more.';
COMMENT ON COLUMN ops.item_status.is_claimed IS
'Whether a claim is asked for and not decided.';

CREATE TABLE raw.customer (
    customer_key TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL REFERENCES ops.channel (channel_code),
    kind TEXT NOT NULL CHECK (kind IN ('MEMBER', 'GUEST')),
    first_seen_at TIMESTAMPTZ NOT NULL,
    person_key TEXT
);
COMMENT ON TABLE raw.customer IS
'Who bought, by a key that names nobody; derived from the orders by load-job.';
COMMENT ON COLUMN raw.customer.customer_key IS
'64 hexadecimal digits: HMAC-SHA-256 of channel and the platforms stable id, under the tenants key.';
COMMENT ON COLUMN raw.customer.tenant_id IS
'The shop.';
COMMENT ON COLUMN raw.customer.channel_code IS
'The platform the key was made for: the same person elsewhere has another key.';
COMMENT ON COLUMN raw.customer.kind IS
'MEMBER, known by an account on the platform; GUEST, known by a contact only.';
COMMENT ON COLUMN raw.customer.first_seen_at IS
'When the earliest order that is known was placed.';
COMMENT ON COLUMN raw.customer.person_key IS
'The same person across channels; NULL unless the tenant wants it.';

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
    status TEXT NOT NULL REFERENCES ops.item_status (item_status),
    has_open_claim BOOLEAN NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, order_id)
);
CREATE INDEX ON raw.sales_order (ordered_on);
COMMENT ON TABLE raw.sales_order IS
'Orders of all channels, one row an order and account; the newest version that was seen.';
COMMENT ON COLUMN raw.sales_order.account_id IS
'The account it was read through.';
COMMENT ON COLUMN raw.sales_order.order_id IS
'The platforms.';
COMMENT ON COLUMN raw.sales_order.tenant_id IS
'The shop, of the account.';
COMMENT ON COLUMN raw.sales_order.channel_code IS
'The platform, of the account.';
COMMENT ON COLUMN raw.sales_order.sub_channel IS
'Where on the platform it was placed, such as an app or a price comparison; NULL where it does not say.';
COMMENT ON COLUMN raw.sales_order.ordered_at IS
'When it was placed; where the platform gives no such time, when it was paid.';
COMMENT ON COLUMN raw.sales_order.ordered_on IS
'Business date of ordered_at (Asia/Seoul).';
COMMENT ON COLUMN raw.sales_order.paid_at IS
'When it was first paid; NULL before.';
COMMENT ON COLUMN raw.sales_order.customer_key IS
'Who bought; NULL for guests who cannot be told.';
COMMENT ON COLUMN raw.sales_order.currency IS
'ISO 4217, such as KRW; of every amount of the order and its items.';
COMMENT ON COLUMN raw.sales_order.item_gross IS
'Sum of line_gross of its SALE lines.';
COMMENT ON COLUMN raw.sales_order.item_discount IS
'Sum of line_discount of its SALE lines.';
COMMENT ON COLUMN raw.sales_order.order_discount IS
'Discounts on the whole order: coupons, membership, points that count as a discount.';
COMMENT ON COLUMN raw.sales_order.shipping_fee IS
'What the buyer paid for shipping: of the order, or the sum over its packages; NULL where unknown.';
COMMENT ON COLUMN raw.sales_order.points_used IS
'Paid with points and credits; NULL where unknown.';
COMMENT ON COLUMN raw.sales_order.paid_amount IS
'Paid with money; NULL where unknown.';
COMMENT ON COLUMN raw.sales_order.control_amount IS
'What the platform says the items cost, to be compared with item_gross; NULL where it does not.';
COMMENT ON COLUMN raw.sales_order.is_mobile IS
'Placed on a phone; NULL where unknown.';
COMMENT ON COLUMN raw.sales_order.is_first_order IS
'The buyers first, says the platform; NULL where unknown.';
COMMENT ON COLUMN raw.sales_order.imported_from IS
'The market a platform copied it from, such as shopn: it is counted there.';
COMMENT ON COLUMN raw.sales_order.market_order_no IS
'Its order_id on that market.';
COMMENT ON COLUMN raw.sales_order.item_count IS
'Its SALE lines.';
COMMENT ON COLUMN raw.sales_order.status IS
'The least advanced of its SALE lines that are not cancelled or returned; RETURNED or CANCELED where all are.';
COMMENT ON COLUMN raw.sales_order.has_open_claim IS
'Whether a cancellation, return or exchange of one of its lines is asked for and not decided.';
COMMENT ON COLUMN raw.sales_order.source_hash IS
'SHA-256 of the row as it was read, without observed_at: equal for equal content.';
COMMENT ON COLUMN raw.sales_order.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.sales_order.first_seen_at IS
'When the order was first read.';
COMMENT ON COLUMN raw.sales_order.last_seen_at IS
'When it was last read.';
COMMENT ON COLUMN raw.sales_order.loaded_run_id IS
'The run of load-job that last changed the row.';

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
    item_status TEXT NOT NULL REFERENCES ops.item_status (item_status),
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
COMMENT ON TABLE raw.order_item IS
'Lines of orders, one row a line and account; the newest version that was seen.';
COMMENT ON COLUMN raw.order_item.account_id IS
'The account it was read through.';
COMMENT ON COLUMN raw.order_item.item_id IS
'The platforms, alone in the account.';
COMMENT ON COLUMN raw.order_item.order_id IS
'The order it belongs to.';
COMMENT ON COLUMN raw.order_item.product_id IS
'The platforms; NULL where it is not told.';
COMMENT ON COLUMN raw.order_item.variant_code IS
'The platforms code of the variant.';
COMMENT ON COLUMN raw.order_item.seller_code IS
'The shops own code.';
COMMENT ON COLUMN raw.order_item.product_name IS
'As it was when it was sold.';
COMMENT ON COLUMN raw.order_item.option_text IS
'The options that were chosen, as the platform writes them.';
COMMENT ON COLUMN raw.order_item.quantity IS
'As first ordered.';
COMMENT ON COLUMN raw.order_item.remaining_quantity IS
'Less what was cancelled or returned.';
COMMENT ON COLUMN raw.order_item.unit_price IS
'With the price of its options.';
COMMENT ON COLUMN raw.order_item.line_gross IS
'unit_price times quantity.';
COMMENT ON COLUMN raw.order_item.line_discount IS
'Discounts on this line.';
COMMENT ON COLUMN raw.order_item.allocated_discount IS
'Its share of order_discount, by line_gross less line_discount; the shares of the SALE lines sum to it.';
COMMENT ON COLUMN raw.order_item.line_net IS
'line_gross less both discounts.';
COMMENT ON COLUMN raw.order_item.item_status IS
'In the words of all channels; never UNKNOWN once it was known.';
COMMENT ON COLUMN raw.order_item.claim_type IS
'CANCEL, RETURN or EXCHANGE; NULL where nothing was claimed.';
COMMENT ON COLUMN raw.order_item.claim_state IS
'How far the claim is; NULL where there is none.';
COMMENT ON COLUMN raw.order_item.raw_status IS
'In the platforms words.';
COMMENT ON COLUMN raw.order_item.line_kind IS
'SALE, or EXCHANGE_OUT: sent in exchange, and no sale.';
COMMENT ON COLUMN raw.order_item.ever_paid IS
'Whether it was paid at any time; never-paid lines are no sales.';
COMMENT ON COLUMN raw.order_item.paid_at IS
'When it was first paid.';
COMMENT ON COLUMN raw.order_item.paid_on IS
'Business date of paid_at (Asia/Seoul): the day it is a sale of.';
COMMENT ON COLUMN raw.order_item.shipped_at IS
'When it was sent.';
COMMENT ON COLUMN raw.order_item.delivered_at IS
'When it arrived.';
COMMENT ON COLUMN raw.order_item.confirmed_at IS
'When the buyer confirmed it.';
COMMENT ON COLUMN raw.order_item.claim_requested_at IS
'When the claim was made.';
COMMENT ON COLUMN raw.order_item.claim_done_at IS
'When the claim was done; where the platform does not tell, when it was first seen done.';
COMMENT ON COLUMN raw.order_item.claim_done_on IS
'Business date of claim_done_at (Asia/Seoul).';
COMMENT ON COLUMN raw.order_item.status_changed_at IS
'When the platform says it last changed; NULL where it does not.';
COMMENT ON COLUMN raw.order_item.commission_amount IS
'What the platform keeps; NULL where unknown.';
COMMENT ON COLUMN raw.order_item.settlement_amount IS
'What it will pay out; NULL where unknown.';
COMMENT ON COLUMN raw.order_item.package_number IS
'The package it is sent in; NULL where unknown.';
COMMENT ON COLUMN raw.order_item.package_shipping_fee IS
'Of the whole package, the same in each of its lines.';
COMMENT ON COLUMN raw.order_item.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.order_item.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.order_item.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE raw.order_item_status_history (
    account_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    item_status TEXT NOT NULL REFERENCES ops.item_status (item_status),
    raw_status TEXT NOT NULL,
    effective_at TIMESTAMPTZ NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    is_backward BOOLEAN NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, item_id, item_status, effective_at)
);
COMMENT ON TABLE raw.order_item_status_history IS
'Each status a line was seen to take, one row a change.';
COMMENT ON COLUMN raw.order_item_status_history.account_id IS
'The account.';
COMMENT ON COLUMN raw.order_item_status_history.item_id IS
'The line.';
COMMENT ON COLUMN raw.order_item_status_history.item_status IS
'The status it took.';
COMMENT ON COLUMN raw.order_item_status_history.raw_status IS
'In the platforms words.';
COMMENT ON COLUMN raw.order_item_status_history.effective_at IS
'When it took it, as far as the platform tells; else when it was seen.';
COMMENT ON COLUMN raw.order_item_status_history.observed_at IS
'When it was first read with it.';
COMMENT ON COLUMN raw.order_item_status_history.is_backward IS
'Whether the line went back, such as from DELIVERED to PAID.';
COMMENT ON COLUMN raw.order_item_status_history.loaded_run_id IS
'The run of load-job that wrote the row.';

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
COMMENT ON TABLE raw.order_coupon IS
'Coupons that were used, one row an order, line and coupon.';
COMMENT ON COLUMN raw.order_coupon.account_id IS
'The account.';
COMMENT ON COLUMN raw.order_coupon.order_id IS
'The order.';
COMMENT ON COLUMN raw.order_coupon.item_id IS
'The line; empty where it was for the whole order.';
COMMENT ON COLUMN raw.order_coupon.coupon_code IS
'The platforms code of this use.';
COMMENT ON COLUMN raw.order_coupon.coupon_id IS
'The coupon, where the platform tells; see raw.coupon.';
COMMENT ON COLUMN raw.order_coupon.coupon_name IS
'As it was when it was used.';
COMMENT ON COLUMN raw.order_coupon.discount_amount IS
'What it took off.';
COMMENT ON COLUMN raw.order_coupon.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.order_coupon.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.order_coupon.loaded_run_id IS
'The run of load-job that last changed the row.';

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
COMMENT ON TABLE raw.category IS
'Categories of products, as the shop set them up on a platform.';
COMMENT ON COLUMN raw.category.account_id IS
'The account.';
COMMENT ON COLUMN raw.category.category_id IS
'The platforms.';
COMMENT ON COLUMN raw.category.parent_id IS
'The category above; NULL at the top.';
COMMENT ON COLUMN raw.category.depth IS
'1 at the top.';
COMMENT ON COLUMN raw.category.category_name IS
'What it is called.';
COMMENT ON COLUMN raw.category.path IS
'The names from the top to it.';
COMMENT ON COLUMN raw.category.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.category.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.category.loaded_run_id IS
'The run of load-job that last changed the row.';

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
COMMENT ON TABLE raw.product IS
'Products as they are on a platform now.';
COMMENT ON COLUMN raw.product.account_id IS
'The account.';
COMMENT ON COLUMN raw.product.product_id IS
'The platforms.';
COMMENT ON COLUMN raw.product.product_code IS
'The platforms second name of it.';
COMMENT ON COLUMN raw.product.seller_code IS
'The shops own code.';
COMMENT ON COLUMN raw.product.product_name IS
'What it is called now.';
COMMENT ON COLUMN raw.product.category_id IS
'See raw.category.';
COMMENT ON COLUMN raw.product.list_price IS
'Before discounts.';
COMMENT ON COLUMN raw.product.sale_price IS
'What a buyer pays.';
COMMENT ON COLUMN raw.product.supply_price IS
'What the shop paid for it.';
COMMENT ON COLUMN raw.product.status IS
'ON_SALE, SOLD_OUT, HIDDEN, ENDED or UNKNOWN.';
COMMENT ON COLUMN raw.product.stock IS
'How many are left; NULL where it is not counted.';
COMMENT ON COLUMN raw.product.created_at IS
'On the platform.';
COMMENT ON COLUMN raw.product.updated_at IS
'On the platform.';
COMMENT ON COLUMN raw.product.removed_at IS
'When a complete reading of the account no longer had it; NULL while it is there. Its row stays.';
COMMENT ON COLUMN raw.product.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.product.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.product.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE raw.coupon (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    coupon_id TEXT NOT NULL,
    coupon_name TEXT NOT NULL,
    benefit_kind TEXT NOT NULL
    CHECK (benefit_kind IN ('AMOUNT', 'PERCENT', 'SHIPPING', 'POINT', 'OTHER')),
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
COMMENT ON TABLE raw.coupon IS
'Coupons the shop made on a platform.';
COMMENT ON COLUMN raw.coupon.account_id IS
'The account.';
COMMENT ON COLUMN raw.coupon.coupon_id IS
'The platforms.';
COMMENT ON COLUMN raw.coupon.coupon_name IS
'What it is called.';
COMMENT ON COLUMN raw.coupon.benefit_kind IS
'AMOUNT, PERCENT, SHIPPING, POINT or OTHER.';
COMMENT ON COLUMN raw.coupon.benefit_value IS
'How much, or how many percent.';
COMMENT ON COLUMN raw.coupon.max_discount IS
'At most; NULL without a limit.';
COMMENT ON COLUMN raw.coupon.min_order IS
'From an order of this amount on; NULL from any.';
COMMENT ON COLUMN raw.coupon.valid_from IS
'NULL where it does not say.';
COMMENT ON COLUMN raw.coupon.valid_to IS
'NULL where it does not end.';
COMMENT ON COLUMN raw.coupon.issued_count IS
'How often it was given out.';
COMMENT ON COLUMN raw.coupon.is_deleted IS
'Whether the shop removed it.';
COMMENT ON COLUMN raw.coupon.created_at IS
'On the platform.';
COMMENT ON COLUMN raw.coupon.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.coupon.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.coupon.loaded_run_id IS
'The run of load-job that last changed the row.';

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
COMMENT ON TABLE raw.refund IS
'Money that was paid back, one row a refund.';
COMMENT ON COLUMN raw.refund.account_id IS
'The account.';
COMMENT ON COLUMN raw.refund.refund_id IS
'The platforms.';
COMMENT ON COLUMN raw.refund.order_id IS
'The order it is of; it may not be known here yet.';
COMMENT ON COLUMN raw.refund.item_ids IS
'Its lines, with commas between.';
COMMENT ON COLUMN raw.refund.amount IS
'In money.';
COMMENT ON COLUMN raw.refund.points IS
'In points and credits.';
COMMENT ON COLUMN raw.refund.status IS
'In the platforms words.';
COMMENT ON COLUMN raw.refund.requested_at IS
'When it was asked for.';
COMMENT ON COLUMN raw.refund.completed_at IS
'When it was paid; NULL before.';
COMMENT ON COLUMN raw.refund.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.refund.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.refund.loaded_run_id IS
'The run of load-job that last changed the row.';

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
COMMENT ON TABLE raw.web_daily IS
'Visits of the shops site, one row a day and where visitors came from; a day is replaced when it is read again.';
COMMENT ON COLUMN raw.web_daily.account_id IS
'The account.';
COMMENT ON COLUMN raw.web_daily.traffic_source IS
'GA4, or UA: an export of the analytics before it.';
COMMENT ON COLUMN raw.web_daily.traffic_date IS
'The calendar day in the propertys time zone.';
COMMENT ON COLUMN raw.web_daily.channel_group IS
'The platforms default channel group.';
COMMENT ON COLUMN raw.web_daily.source_name IS
'Where visitors came from.';
COMMENT ON COLUMN raw.web_daily.medium IS
'By what.';
COMMENT ON COLUMN raw.web_daily.sessions IS
'Visits.';
COMMENT ON COLUMN raw.web_daily.users IS
'Visitors of the day; they cannot be summed.';
COMMENT ON COLUMN raw.web_daily.purchases IS
'Purchases the platform counted.';
COMMENT ON COLUMN raw.web_daily.revenue IS
'Of those, in the propertys currency.';
COMMENT ON COLUMN raw.web_daily.is_approximate IS
'Whether the platform sampled, withheld or lumped rows of the reading.';
COMMENT ON COLUMN raw.web_daily.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.web_daily.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.web_daily.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE raw.web_item_daily (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    traffic_date DATE NOT NULL,
    item_id TEXT NOT NULL,
    item_name TEXT NOT NULL,
    items_viewed BIGINT NOT NULL,
    items_added_to_cart BIGINT NOT NULL,
    items_purchased BIGINT NOT NULL,
    item_revenue NUMERIC(14, 2) NOT NULL,
    is_approximate BOOLEAN NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, traffic_date, item_id, item_name)
);
CREATE INDEX ON raw.web_item_daily (traffic_date);
COMMENT ON TABLE raw.web_item_daily IS
'What visitors did with each item on a day, as Google Analytics counts it; a day is replaced when it is read again.';
COMMENT ON COLUMN raw.web_item_daily.account_id IS
'The account.';
COMMENT ON COLUMN raw.web_item_daily.traffic_date IS
'The calendar day in the propertys time zone.';
COMMENT ON COLUMN raw.web_item_daily.item_id IS
'What the shop sends as the items id: of the own mall, its product number.';
COMMENT ON COLUMN raw.web_item_daily.item_name IS
'What it was called when it was seen; an item renamed during a day has two rows.';
COMMENT ON COLUMN raw.web_item_daily.items_viewed IS
'Units viewed.';
COMMENT ON COLUMN raw.web_item_daily.items_added_to_cart IS
'Units put into a cart.';
COMMENT ON COLUMN raw.web_item_daily.items_purchased IS
'Units purchased, as the platform counted them; not sales.';
COMMENT ON COLUMN raw.web_item_daily.item_revenue IS
'Of those, in the propertys currency.';
COMMENT ON COLUMN raw.web_item_daily.is_approximate IS
'Whether the platform sampled, withheld or lumped rows of the reading.';
COMMENT ON COLUMN raw.web_item_daily.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.web_item_daily.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.web_item_daily.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE raw.web_transaction (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    traffic_date DATE NOT NULL,
    transaction_id TEXT NOT NULL,
    purchases BIGINT NOT NULL,
    revenue NUMERIC(14, 2) NOT NULL,
    is_approximate BOOLEAN NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    loaded_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, traffic_date, transaction_id)
);
CREATE INDEX ON raw.web_transaction (traffic_date);
COMMENT ON TABLE raw.web_transaction IS
'Purchases Google Analytics saw, by transaction; only to be matched with the own malls orders, never summed as sales.';
COMMENT ON COLUMN raw.web_transaction.account_id IS
'The account.';
COMMENT ON COLUMN raw.web_transaction.traffic_date IS
'The calendar day in the propertys time zone.';
COMMENT ON COLUMN raw.web_transaction.transaction_id IS
'What the shop sends as the transactions id: the order_id of the own mall.';
COMMENT ON COLUMN raw.web_transaction.purchases IS
'How often it was seen that day; more than 1 is a page that was loaded again.';
COMMENT ON COLUMN raw.web_transaction.revenue IS
'In the propertys currency.';
COMMENT ON COLUMN raw.web_transaction.is_approximate IS
'Whether the platform sampled, withheld or lumped rows of the reading.';
COMMENT ON COLUMN raw.web_transaction.source_hash IS
'SHA-256 of the row as it was read, without observed_at.';
COMMENT ON COLUMN raw.web_transaction.observed_at IS
'When this content was last read from the platform.';
COMMENT ON COLUMN raw.web_transaction.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE ops.watermark (
    dataset TEXT NOT NULL REFERENCES ops.dataset (dataset),
    slice TEXT NOT NULL,
    position TIMESTAMPTZ NOT NULL,
    run_id TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (dataset, slice)
);
COMMENT ON TABLE ops.watermark IS
'How far each accounts records of a dataset are loaded; moved by load-job in the loads transaction.';
COMMENT ON COLUMN ops.watermark.dataset IS
'The kind of record, such as orders.';
COMMENT ON COLUMN ops.watermark.slice IS
'The account.';
COMMENT ON COLUMN ops.watermark.position IS
'The end, exclusive, of the newest window that is loaded: the next extraction begins here, less its look back.';
COMMENT ON COLUMN ops.watermark.run_id IS
'The run of load-job that moved it.';
COMMENT ON COLUMN ops.watermark.updated_at IS
'When.';

CREATE TABLE ops.touched_day (
    dataset TEXT NOT NULL REFERENCES ops.dataset (dataset),
    business_date DATE NOT NULL,
    run_id TEXT NOT NULL,
    load_date DATE NOT NULL,
    touched_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (dataset, business_date, run_id)
);
CREATE INDEX ON ops.touched_day (run_id);
COMMENT ON TABLE ops.touched_day IS
'Days whose rows a load changed: one row a day and load. A mart has caught up with it once ops.rebuilt_day says so.';
COMMENT ON COLUMN ops.touched_day.dataset IS
'The kind of record, such as orders.';
COMMENT ON COLUMN ops.touched_day.business_date IS
'The day whose marts show what was changed.';
COMMENT ON COLUMN ops.touched_day.run_id IS
'The run of load-job that changed it.';
COMMENT ON COLUMN ops.touched_day.load_date IS
'The business date that run was for.';
COMMENT ON COLUMN ops.touched_day.touched_at IS
'When.';

-- By mart: one may be built where another failed. By load: a build sees what was committed
-- before it began, and no more.
CREATE TABLE ops.rebuilt_day (
    mart TEXT NOT NULL REFERENCES ops.mart (mart),
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    run_id TEXT NOT NULL,
    rebuilt_by TEXT NOT NULL,
    rebuilt_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (mart, dataset, business_date, run_id),
    FOREIGN KEY (dataset, business_date, run_id)
    REFERENCES ops.touched_day (dataset, business_date, run_id)
);
CREATE INDEX ON ops.rebuilt_day (dataset, business_date, run_id);
COMMENT ON TABLE ops.rebuilt_day IS
'Which touched days a mart has caught up with; written by mart-job in the transaction that replaces the marts day.';
COMMENT ON COLUMN ops.rebuilt_day.mart IS
'The mart.';
COMMENT ON COLUMN ops.rebuilt_day.dataset IS
'The kind of record.';
COMMENT ON COLUMN ops.rebuilt_day.business_date IS
'The day that was built.';
COMMENT ON COLUMN ops.rebuilt_day.run_id IS
'The load whose changes the build has seen: a row of ops.touched_day.';
COMMENT ON COLUMN ops.rebuilt_day.rebuilt_by IS
'The run of mart-job.';
COMMENT ON COLUMN ops.rebuilt_day.rebuilt_at IS
'When.';

CREATE TABLE ops.reconcile_difference (
    run_id TEXT NOT NULL,
    business_date DATE NOT NULL,
    currency TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    load_date DATE NOT NULL,
    stored_orders BIGINT NOT NULL,
    read_orders BIGINT NOT NULL,
    unknown_orders BIGINT NOT NULL,
    unread_orders BIGINT NOT NULL,
    stored_items BIGINT NOT NULL,
    read_items BIGINT NOT NULL,
    stored_gross NUMERIC(16, 2) NOT NULL,
    read_gross NUMERIC(16, 2) NOT NULL,
    stored_discount NUMERIC(16, 2) NOT NULL,
    read_discount NUMERIC(16, 2) NOT NULL,
    found_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (run_id, business_date, currency)
);
CREATE INDEX ON ops.reconcile_difference (account_id, business_date);
COMMENT ON TABLE ops.reconcile_difference IS
'Days on which what was stored is not what a reading by order date found; written by the load that mends it, before it does.';
COMMENT ON COLUMN ops.reconcile_difference.run_id IS
'The run of load-job that found it, and stored what was read.';
COMMENT ON COLUMN ops.reconcile_difference.business_date IS
'The day the orders were placed.';
COMMENT ON COLUMN ops.reconcile_difference.currency IS
'Of the orders and the amounts.';
COMMENT ON COLUMN ops.reconcile_difference.account_id IS
'The account.';
COMMENT ON COLUMN ops.reconcile_difference.load_date IS
'The business date the reading was for.';
COMMENT ON COLUMN ops.reconcile_difference.stored_orders IS
'Orders of the day that were stored before.';
COMMENT ON COLUMN ops.reconcile_difference.read_orders IS
'Orders of the day that were read.';
COMMENT ON COLUMN ops.reconcile_difference.unknown_orders IS
'Read and not stored before: no daily run brought them in.';
COMMENT ON COLUMN ops.reconcile_difference.unread_orders IS
'Stored and not read: gone at the platform, or refused by the checks. They stay, so this is all that is left to look into.';
COMMENT ON COLUMN ops.reconcile_difference.stored_items IS
'SALE lines of the stored orders.';
COMMENT ON COLUMN ops.reconcile_difference.read_items IS
'SALE lines that were read.';
COMMENT ON COLUMN ops.reconcile_difference.stored_gross IS
'Sum of line_gross of the stored SALE lines.';
COMMENT ON COLUMN ops.reconcile_difference.read_gross IS
'Sum of line_gross of the SALE lines that were read.';
COMMENT ON COLUMN ops.reconcile_difference.stored_discount IS
'Discounts on the stored orders and their SALE lines.';
COMMENT ON COLUMN ops.reconcile_difference.read_discount IS
'Discounts on the orders and SALE lines that were read.';
COMMENT ON COLUMN ops.reconcile_difference.found_at IS
'When.';

CREATE VIEW ops.v_reconcile_difference AS
SELECT
    account.tenant_id,
    found.account_id,
    found.load_date,
    found.business_date,
    found.currency,
    found.stored_orders,
    found.read_orders,
    found.unknown_orders,
    found.unread_orders,
    found.read_items - found.stored_items AS items_difference,
    found.read_gross - found.stored_gross AS gross_difference,
    found.read_discount - found.stored_discount AS discount_difference,
    found.unread_orders = 0 AS is_mended,
    found.run_id AS mended_by,
    found.found_at
FROM ops.reconcile_difference AS found
INNER JOIN ops.account AS account ON found.account_id = account.account_id;
COMMENT ON VIEW ops.v_reconcile_difference IS
'What weekly readings by order date found other than it was stored: one row a reading, day and currency.';
COMMENT ON COLUMN ops.v_reconcile_difference.items_difference IS
'SALE lines that were read less those that were stored; so the amounts.';
COMMENT ON COLUMN ops.v_reconcile_difference.is_mended IS
'Whether all is as it was read since: false where orders are stored that were not read, for facts are never deleted.';
COMMENT ON COLUMN ops.v_reconcile_difference.mended_by IS
'The run of load-job that stored what was read.';

-- A dataset that is merged by key has tables of its own names, and not always a day.
ALTER TABLE ops.dataset ALTER COLUMN day_column DROP NOT NULL;
ALTER TABLE ops.dataset
ADD CONSTRAINT whole_days_have_a_column
CHECK (load_method = 'merge_window' OR day_column IS NOT NULL);
COMMENT ON COLUMN ops.dataset.dataset IS 'The name the jobs take.';
COMMENT ON COLUMN ops.dataset.table_name IS
'Its table in schema raw; of several, the one that tells how many records there are.';
COMMENT ON COLUMN ops.dataset.day_column IS
'The column of the business date; NULL where rows belong to none.';
COMMENT ON COLUMN ops.dataset.key_columns IS 'What a row is known by.';
COMMENT ON COLUMN ops.dataset.load_method IS
'replace_day, or merge_window: by key, the newest version that was seen stays.';
INSERT INTO ops.dataset (dataset, table_name, day_column, key_columns, load_method)
VALUES
('orders', 'sales_order', 'ordered_on', 'account_id, order_id', 'merge_window'),
('refunds', 'refund', NULL, 'account_id, refund_id', 'merge_window'),
('products', 'product', NULL, 'account_id, product_id', 'merge_window'),
('coupons', 'coupon', NULL, 'account_id, coupon_id', 'merge_window'),
(
    'web-traffic',
    'web_daily',
    'traffic_date',
    'account_id, traffic_source, traffic_date, channel_group, source_name, medium',
    'merge_window'
);

-- The ledger of a window: every row that was copied is new, a change, known already, or older than what is known.
ALTER TABLE ops.load_log
ADD COLUMN inserted BIGINT,
ADD COLUMN updated BIGINT,
ADD COLUMN unchanged BIGINT,
ADD COLUMN superseded BIGINT,
ALTER COLUMN in_table DROP NOT NULL,
DROP CONSTRAINT clean_is_sent_copied_and_there,
ADD CONSTRAINT rows_are_in_the_table_or_merged CHECK (
    NUM_NULLS(inserted, updated, unchanged, superseded)
    = CASE WHEN in_table IS NULL THEN 0 ELSE 4 END
),
ADD CONSTRAINT clean_is_sent_copied_and_there CHECK (
    clean = sent
    AND sent = copied
    AND copied = COALESCE(in_table, inserted + updated + unchanged + superseded)
),
ADD CONSTRAINT merged_counts_are_not_negative CHECK (
    LEAST(inserted, updated, unchanged, superseded) >= 0
);
COMMENT ON COLUMN ops.load_log.in_table IS
'Rows of the file that were counted in the table after; NULL where rows are merged by key.';
COMMENT ON COLUMN ops.load_log.inserted IS
'Of a merge: rows whose key was not known; NULL where days are replaced.';
COMMENT ON COLUMN ops.load_log.updated IS 'Of a merge: rows with a newer content than was known.';
COMMENT ON COLUMN ops.load_log.unchanged IS 'Of a merge: rows with the content that was known.';
COMMENT ON COLUMN ops.load_log.superseded IS
'Of a merge: rows of which a newer version was known, or came in the same window.';

-- What an extraction reads again although nobody said it changed.
CREATE VIEW ops.v_open_item AS
SELECT
    item.account_id,
    item.order_id,
    item.item_id,
    placed.ordered_at,
    item.item_status
FROM raw.order_item AS item
INNER JOIN raw.sales_order AS placed
    ON item.account_id = placed.account_id AND item.order_id = placed.order_id
INNER JOIN ops.item_status AS known ON item.item_status = known.item_status
WHERE known.is_open;
COMMENT ON VIEW ops.v_open_item IS
'Lines of orders that are expected to change; extractions read their orders again.';
COMMENT ON COLUMN ops.v_open_item.account_id IS 'The account.';
COMMENT ON COLUMN ops.v_open_item.order_id IS 'The platform''s.';
COMMENT ON COLUMN ops.v_open_item.item_id IS 'The platform''s.';
COMMENT ON COLUMN ops.v_open_item.ordered_at IS 'When the order was placed.';
COMMENT ON COLUMN ops.v_open_item.item_status IS 'What the line was when it was last read.';

-- The planner's statistics, after a load: only an owner may renew them.
CREATE FUNCTION ops.analyze_dataset(of_dataset TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    main_table TEXT := (
        SELECT table_name FROM ops.dataset WHERE dataset = of_dataset AND load_method = 'merge_window'
    );
    tables TEXT[] := CASE main_table
        WHEN 'sales_order' THEN
            ARRAY['customer', 'sales_order', 'order_item', 'order_item_status_history', 'order_coupon']
        WHEN 'product' THEN ARRAY['product', 'category']
        WHEN 'web_daily' THEN ARRAY['web_daily', 'web_item_daily', 'web_transaction']
        ELSE ARRAY[main_table]
    END;
    of_table TEXT;
BEGIN
    FOREACH of_table IN ARRAY tables
    LOOP
        EXECUTE format('ANALYZE raw.%I', of_table);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ops.analyze_dataset(TEXT) IS
'Renews the planner''s statistics of the tables of a dataset whose rows are merged by key.';
REVOKE ALL ON FUNCTION ops.analyze_dataset(TEXT) FROM PUBLIC;

SELECT ops.grant_to('SELECT ON ops.dataset, ops.watermark, ops.v_open_item', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ' || of_table, role_name)
FROM
    UNNEST(ARRAY[
        'ops.watermark', 'ops.touched_day', 'ops.rebuilt_day', 'ops.item_status', 'raw.customer',
        'raw.sales_order', 'raw.order_item', 'raw.order_item_status_history', 'raw.order_coupon',
        'raw.category', 'raw.product', 'raw.coupon', 'raw.refund', 'raw.web_daily',
        'raw.web_item_daily', 'raw.web_transaction'
    ]) AS of_table
CROSS JOIN UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('INSERT, UPDATE ON ' || of_table, 'jangbu_loader')
FROM
    UNNEST(ARRAY[
        'ops.watermark', 'raw.customer', 'raw.sales_order', 'raw.order_item', 'raw.order_coupon',
        'raw.category', 'raw.product', 'raw.coupon', 'raw.refund', 'raw.web_daily',
        'raw.web_item_daily', 'raw.web_transaction'
    ]) AS of_table;
SELECT ops.grant_to('INSERT ON ops.touched_day, raw.order_item_status_history', 'jangbu_loader');
SELECT ops.grant_to('SELECT, INSERT ON ops.reconcile_difference', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON ops.v_reconcile_difference', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to(
    'DELETE ON raw.web_daily, raw.web_item_daily, raw.web_transaction', 'jangbu_loader'
);
SELECT ops.grant_to('INSERT ON ops.rebuilt_day', 'jangbu_mart');
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.analyze_dataset(TEXT)', 'jangbu_loader');
