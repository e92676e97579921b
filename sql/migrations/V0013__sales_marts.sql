-- Why: what shops sell is asked by day, week, month and year: six marts over the order table, and a
-- build that knows which days a load changed, whatever day the load was for.
INSERT INTO ops.mart (mart, dataset)
VALUES
('mart_sales_daily', 'orders'),
('mart_product_sales_daily', 'orders'),
('mart_order_status', 'orders'),
('mart_coupon_effect', 'orders'),
('mart_customer_daily', 'orders'),
('mart_channel_traffic', 'web-traffic');

CREATE TABLE ops.mart_reads (
    mart TEXT NOT NULL REFERENCES ops.mart (mart),
    dataset TEXT NOT NULL REFERENCES ops.dataset (dataset),
    PRIMARY KEY (mart, dataset)
);
COMMENT ON TABLE ops.mart_reads IS
'Which merged datasets each mart reads: a day that one of them touches is built again.';
COMMENT ON COLUMN ops.mart_reads.mart IS 'The mart''s name.';
COMMENT ON COLUMN ops.mart_reads.dataset IS 'A dataset whose touched days are its.';
INSERT INTO ops.mart_reads (mart, dataset)
VALUES
('mart_sales_daily', 'orders'),
('mart_product_sales_daily', 'orders'),
('mart_order_status', 'orders'),
('mart_coupon_effect', 'orders'),
('mart_customer_daily', 'orders'),
('mart_channel_traffic', 'web-traffic'),
('mart_channel_traffic', 'orders');

-- A load of a window is for one day and changes many: a build's day is not its load's, and one run
-- builds several.
ALTER TABLE ops.mart_log
ADD COLUMN build_id BIGINT GENERATED ALWAYS AS IDENTITY,
ADD COLUMN load_date DATE,
ADD COLUMN load_business_date DATE GENERATED ALWAYS AS (COALESCE(load_date, business_date)) STORED,
DROP CONSTRAINT mart_log_pkey,
DROP CONSTRAINT built_from_a_load,
ADD PRIMARY KEY (run_id, business_date),
ADD CONSTRAINT built_from_a_load FOREIGN KEY (
    load_run_id, load_file, dataset, load_business_date
)
REFERENCES ops.load_log (run_id, file, dataset, business_date);
CREATE INDEX ON ops.mart_log (mart, business_date, build_id);
COMMENT ON COLUMN ops.mart_log.build_id IS
'Grows with each build; builds of one mart and day are one after the other, so the greatest is the last.';
COMMENT ON COLUMN ops.mart_log.load_date IS
'The day the load was for, where that is another than the mart''s.';
COMMENT ON COLUMN ops.mart_log.load_business_date IS 'load_date, or else the mart''s own day.';
-- Sets compared, and no times: a touch is written in the transaction of the load it is of, and a
-- build writes down the touches its own snapshot sees. So a load that commits while a build is under
-- way leaves the day waiting, whatever any clock says.
-- Retention removes the oldest rows that are merged by key: what marts show of their days stays as it was built.
CREATE VIEW ops.v_frozen_day AS
SELECT
    reading.mart,
    MAX(gone.business_date) AS frozen_until
FROM ops.mart_reads AS reading
INNER JOIN ops.dataset AS kind ON reading.dataset = kind.dataset
INNER JOIN ops.retention_log AS gone
    ON kind.dataset = gone.dataset AND 'raw.' || kind.table_name = gone.place
WHERE kind.load_method = 'merge_window'
GROUP BY reading.mart;
COMMENT ON VIEW ops.v_frozen_day IS
'Marts whose oldest days can no longer be built, because their rows were removed when their time was over.';
COMMENT ON COLUMN ops.v_frozen_day.mart IS 'The mart.';
COMMENT ON COLUMN ops.v_frozen_day.frozen_until IS 'The last of those days.';

CREATE VIEW ops.v_touched_mart_day AS
WITH waiting AS (
    SELECT
        reading.mart,
        touched.business_date,
        COUNT(*) AS touch_count,
        MIN(touched.touched_at) AS waiting_since
    FROM ops.mart_reads AS reading
    INNER JOIN ops.touched_day AS touched ON reading.dataset = touched.dataset
    LEFT JOIN ops.rebuilt_day AS rebuilt
        ON
            reading.mart = rebuilt.mart
            AND touched.dataset = rebuilt.dataset
            AND touched.business_date = rebuilt.business_date
            AND touched.run_id = rebuilt.run_id
    LEFT JOIN ops.v_frozen_day AS frozen ON reading.mart = frozen.mart
    WHERE
        rebuilt.run_id IS NULL
        AND (frozen.frozen_until IS NULL OR touched.business_date > frozen.frozen_until)
        -- A shop without analytics has no mart of it to wait for; with the first load all days wait.
        AND EXISTS (
            SELECT 1
            FROM ops.mart AS known
            INNER JOIN ops.load_log AS loaded ON known.dataset = loaded.dataset
            WHERE known.mart = reading.mart
        )
    GROUP BY reading.mart, touched.business_date
),

last_build AS (
    SELECT DISTINCT ON (build.mart, build.business_date)
        build.mart,
        build.business_date,
        build.load_run_id,
        build.row_count,
        build.built_at
    FROM ops.mart_log AS build
    INNER JOIN ops.mart AS known ON build.mart = known.mart
    INNER JOIN ops.dataset AS dataset ON known.dataset = dataset.dataset
    WHERE dataset.load_method = 'merge_window'
    ORDER BY build.mart ASC, build.business_date ASC, build.build_id DESC
)

SELECT
    COALESCE(waiting.mart, last_build.mart) AS mart,
    COALESCE(waiting.business_date, last_build.business_date) AS business_date,
    COALESCE(waiting.touch_count, 0) AS touch_count,
    waiting.waiting_since,
    last_build.built_at,
    last_build.load_run_id,
    last_build.row_count,
    waiting.mart IS NOT NULL AS is_waiting
FROM waiting
FULL JOIN last_build
    ON waiting.mart = last_build.mart AND waiting.business_date = last_build.business_date;
COMMENT ON VIEW ops.v_touched_mart_day IS
'One row a mart and day of merged datasets that waits to be built or was built.';
COMMENT ON COLUMN ops.v_touched_mart_day.touch_count IS
'Loads that changed rows of the day and that no build of the mart has seen.';
COMMENT ON COLUMN ops.v_touched_mart_day.waiting_since IS
'When the first of them did; NULL where the mart shows all that is loaded.';
COMMENT ON COLUMN ops.v_touched_mart_day.is_waiting IS
'Whether a load touched the day that no build of the mart has seen.';

-- The definitions of sales, once: all marts of sales read these two views.
CREATE VIEW raw.v_counted_order AS
SELECT
    sale.account_id,
    sale.order_id,
    sale.tenant_id,
    sale.channel_code,
    sale.currency,
    sale.customer_key,
    sale.ordered_on,
    sale.status,
    sale.has_open_claim,
    sale.item_count,
    sale.item_gross,
    sale.item_discount,
    sale.order_discount,
    sale.shipping_fee
FROM raw.sales_order AS sale
-- An account that needs its owner still has the orders it brought; only a removed one is not there.
WHERE NOT (
    sale.channel_code = 'CAFE24'
    AND COALESCE(sale.imported_from, '') = 'shopn'
    AND EXISTS (
        SELECT 1 FROM ops.account AS naver
        WHERE
            naver.tenant_id = sale.tenant_id
            AND naver.channel_code = 'NAVER'
            AND naver.status <> 'REMOVED'
    )
);
COMMENT ON VIEW raw.v_counted_order IS
'The orders that count: all but SmartStore orders a Cafe24 mall imported, where the shop''s NAVER account brings them itself.';

CREATE VIEW raw.v_sale_line AS
WITH sold AS (
    SELECT
        item.account_id,
        item.order_id,
        item.item_id,
        sale.tenant_id,
        sale.channel_code,
        sale.currency,
        sale.customer_key,
        item.product_id,
        item.product_name,
        item.item_status,
        item.paid_on,
        item.claim_done_on,
        item.quantity,
        item.line_gross AS list_amount,
        item.line_discount + item.allocated_discount AS discount_amount,
        item.line_gross - item.line_discount - item.allocated_discount AS gross_amount,
        CASE
            -- What was exchanged is sold still: what is sent in its place is no sale.
            WHEN item.item_status = 'EXCHANGED' THEN 1
            -- Requested is not done, and nothing was claimed before.
            WHEN item.item_status LIKE '%\_REQUESTED' AND item.claim_done_on IS NULL THEN 1
            -- A channel that does not tell what is left of a canceled line means all of it.
            WHEN
                item.item_status IN ('CANCELED', 'RETURNED')
                AND item.remaining_quantity >= item.quantity
                THEN 0
            WHEN item.remaining_quantity >= item.quantity THEN 1
            ELSE GREATEST(item.remaining_quantity, 0) / CAST(item.quantity AS NUMERIC)
        END AS share_left
    FROM raw.order_item AS item
    INNER JOIN raw.v_counted_order AS sale
        ON item.account_id = sale.account_id AND item.order_id = sale.order_id
    WHERE item.line_kind = 'SALE' AND item.ever_paid AND item.paid_on IS NOT NULL
)

SELECT
    account_id,
    order_id,
    item_id,
    tenant_id,
    channel_code,
    currency,
    customer_key,
    product_id,
    product_name,
    item_status,
    paid_on,
    claim_done_on,
    quantity,
    list_amount,
    discount_amount,
    gross_amount,
    ROUND(gross_amount * share_left, 2) AS net_restated_amount,
    gross_amount - ROUND(gross_amount * share_left, 2) AS claim_amount,
    CASE
        WHEN item_status LIKE '%\_REQUESTED' THEN ROUND(gross_amount * share_left, 2) ELSE 0
    END AS at_risk_amount
FROM sold;
COMMENT ON VIEW raw.v_sale_line IS
'The lines that are gross sales, with what of each is left and what was claimed back; their sum is gross_amount.';

CREATE TABLE mart.mart_sales_daily (
    sales_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL,
    account_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    list_amount NUMERIC(16, 2) NOT NULL,
    discount_amount NUMERIC(16, 2) NOT NULL,
    gross_amount NUMERIC(16, 2) NOT NULL,
    net_restated_amount NUMERIC(16, 2) NOT NULL,
    claim_amount NUMERIC(16, 2) NOT NULL,
    net_event_amount NUMERIC(16, 2) NOT NULL,
    at_risk_amount NUMERIC(16, 2) NOT NULL,
    shipping_amount NUMERIC(16, 2) NOT NULL,
    order_count BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    unit_count BIGINT NOT NULL,
    cancel_count BIGINT NOT NULL,
    return_count BIGINT NOT NULL,
    PRIMARY KEY (sales_date, tenant_id, channel_code, account_id, currency)
);
COMMENT ON TABLE mart.mart_sales_daily IS
'One row per business date, shop, channel, account and currency: what was sold, what of it is left, and what was claimed back. An account without a payment and without a completed claim that day has no row.';
COMMENT ON COLUMN mart.mart_sales_daily.sales_date IS
'Business date: a calendar day in Asia/Seoul; of payment, for claims of their completion.';
COMMENT ON COLUMN mart.mart_sales_daily.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_sales_daily.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.mart_sales_daily.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.mart_sales_daily.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.mart_sales_daily.list_amount IS
'Price of the lines first paid that day, before any discount.';
COMMENT ON COLUMN mart.mart_sales_daily.discount_amount IS
'Discounts of those lines, with their share of the order''s.';
COMMENT ON COLUMN mart.mart_sales_daily.gross_amount IS
'Gross sales: list_amount less discount_amount of all lines first paid that day, whatever became of them since.';
COMMENT ON COLUMN mart.mart_sales_daily.net_restated_amount IS
'Net sales, restated: of the lines first paid that day what is neither canceled nor returned by now.';
COMMENT ON COLUMN mart.mart_sales_daily.claim_amount IS
'Value of the cancellations and returns completed that day, of lines paid on whatever day.';
COMMENT ON COLUMN mart.mart_sales_daily.net_event_amount IS
'Net sales, by event: gross_amount less claim_amount; may be negative. Over all days its sum is that of net_restated_amount.';
COMMENT ON COLUMN mart.mart_sales_daily.at_risk_amount IS
'Part of net_restated_amount whose cancellation, return or exchange is requested; not deducted.';
COMMENT ON COLUMN mart.mart_sales_daily.shipping_amount IS
'Shipping charged by the orders first paid that day; in no other amount. Orders whose channel tells none count 0.';
COMMENT ON COLUMN mart.mart_sales_daily.order_count IS
'Orders with a line first paid that day.';
COMMENT ON COLUMN mart.mart_sales_daily.line_count IS
'Lines first paid that day.';
COMMENT ON COLUMN mart.mart_sales_daily.unit_count IS
'Units of those lines.';
COMMENT ON COLUMN mart.mart_sales_daily.cancel_count IS
'Lines whose cancellation was completed that day.';
COMMENT ON COLUMN mart.mart_sales_daily.return_count IS
'Lines whose return was completed that day.';

CREATE TABLE mart.mart_product_sales_daily (
    sales_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL,
    account_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    product_id TEXT NOT NULL,
    product_name TEXT NOT NULL,
    discount_amount NUMERIC(16, 2) NOT NULL,
    gross_amount NUMERIC(16, 2) NOT NULL,
    net_restated_amount NUMERIC(16, 2) NOT NULL,
    claim_amount NUMERIC(16, 2) NOT NULL,
    net_event_amount NUMERIC(16, 2) NOT NULL,
    order_count BIGINT NOT NULL,
    unit_count BIGINT NOT NULL,
    cancel_count BIGINT NOT NULL,
    return_count BIGINT NOT NULL,
    PRIMARY KEY (
        sales_date, tenant_id, channel_code, account_id, currency, product_id, product_name
    )
);
COMMENT ON TABLE mart.mart_product_sales_daily IS
'One row per business date, shop, channel, account, currency and product: what was sold of it, what of that is left, and what was claimed back. Over products its amounts and units add up to mart_sales_daily.';
COMMENT ON COLUMN mart.mart_product_sales_daily.sales_date IS
'Business date: a calendar day in Asia/Seoul; of payment, for claims of their completion.';
COMMENT ON COLUMN mart.mart_product_sales_daily.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_product_sales_daily.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.mart_product_sales_daily.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.mart_product_sales_daily.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.mart_product_sales_daily.product_id IS
'The channel''s number of the product; (unknown) where it tells none.';
COMMENT ON COLUMN mart.mart_product_sales_daily.product_name IS
'As the lines name it; of several names of one number the last in the alphabet.';
COMMENT ON COLUMN mart.mart_product_sales_daily.discount_amount IS
'Discounts of those lines, with their share of the order''s.';
COMMENT ON COLUMN mart.mart_product_sales_daily.gross_amount IS
'Gross sales: list_amount less discount_amount of all lines first paid that day, whatever became of them since.';
COMMENT ON COLUMN mart.mart_product_sales_daily.net_restated_amount IS
'Net sales, restated: of the lines first paid that day what is neither canceled nor returned by now.';
COMMENT ON COLUMN mart.mart_product_sales_daily.claim_amount IS
'Value of the cancellations and returns completed that day, of lines paid on whatever day.';
COMMENT ON COLUMN mart.mart_product_sales_daily.net_event_amount IS
'Net sales, by event: gross_amount less claim_amount; may be negative. Over all days its sum is that of net_restated_amount.';
COMMENT ON COLUMN mart.mart_product_sales_daily.order_count IS
'Orders with a line first paid that day.';
COMMENT ON COLUMN mart.mart_product_sales_daily.unit_count IS
'Units of those lines.';
COMMENT ON COLUMN mart.mart_product_sales_daily.cancel_count IS
'Lines whose cancellation was completed that day.';
COMMENT ON COLUMN mart.mart_product_sales_daily.return_count IS
'Lines whose return was completed that day.';

CREATE TABLE mart.mart_order_status (
    order_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL,
    account_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    order_count BIGINT NOT NULL,
    open_claim_count BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    order_amount NUMERIC(16, 2) NOT NULL,
    PRIMARY KEY (order_date, tenant_id, channel_code, account_id, currency, status)
);
COMMENT ON TABLE mart.mart_order_status IS
'One row per business date, shop, channel, account, currency and status: where the orders placed that day stand by now. A status no order has has no row.';
COMMENT ON COLUMN mart.mart_order_status.order_date IS
'Business date: a calendar day in Asia/Seoul; on which the orders were placed.';
COMMENT ON COLUMN mart.mart_order_status.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_order_status.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.mart_order_status.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.mart_order_status.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.mart_order_status.status IS
'PENDING_PAYMENT, PAID, PREPARING, SHIPPING, DELIVERED, CONFIRMED, CANCELED and so on: that of the least advanced line that is neither canceled nor returned.';
COMMENT ON COLUMN mart.mart_order_status.order_count IS
'Orders placed that day that are in it.';
COMMENT ON COLUMN mart.mart_order_status.open_claim_count IS
'Of them those with a claim that is requested and not completed.';
COMMENT ON COLUMN mart.mart_order_status.line_count IS
'Lines of these orders.';
COMMENT ON COLUMN mart.mart_order_status.order_amount IS
'Price of these orders'' lines less discounts, without shipping, paid or not.';

CREATE TABLE mart.mart_coupon_effect (
    sales_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL,
    account_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    coupon_id TEXT NOT NULL,
    coupon_name TEXT NOT NULL,
    use_count BIGINT NOT NULL,
    order_count BIGINT NOT NULL,
    coupon_discount_amount NUMERIC(16, 2) NOT NULL,
    gross_amount NUMERIC(16, 2) NOT NULL,
    net_restated_amount NUMERIC(16, 2) NOT NULL,
    average_order_amount NUMERIC(16, 2),
    PRIMARY KEY (sales_date, tenant_id, channel_code, account_id, currency, coupon_id, coupon_name)
);
COMMENT ON TABLE mart.mart_coupon_effect IS
'One row per business date, shop, channel, account, currency and coupon: the orders first paid that day with it, and under (none) those without any, to compare with.';
COMMENT ON COLUMN mart.mart_coupon_effect.sales_date IS
'Business date: a calendar day in Asia/Seoul; of payment.';
COMMENT ON COLUMN mart.mart_coupon_effect.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_coupon_effect.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.mart_coupon_effect.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.mart_coupon_effect.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.mart_coupon_effect.coupon_id IS
'The channel''s number of the coupon; (unknown) where it tells none, (none) for orders without one.';
COMMENT ON COLUMN mart.mart_coupon_effect.coupon_name IS
'The coupon''s name in the orders; (none) for orders without one.';
COMMENT ON COLUMN mart.mart_coupon_effect.use_count IS
'Times it was used; 0 for (none).';
COMMENT ON COLUMN mart.mart_coupon_effect.order_count IS
'Orders first paid that day with it.';
COMMENT ON COLUMN mart.mart_coupon_effect.coupon_discount_amount IS
'What it took off these orders; 0 for (none).';
COMMENT ON COLUMN mart.mart_coupon_effect.gross_amount IS
'Gross sales of these orders'' lines paid that day, after the discount.';
COMMENT ON COLUMN mart.mart_coupon_effect.net_restated_amount IS
'What of gross_amount is neither canceled nor returned by now.';
COMMENT ON COLUMN mart.mart_coupon_effect.average_order_amount IS
'gross_amount / order_count; NULL without an order.';

CREATE TABLE mart.mart_customer_daily (
    sales_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    channel_code TEXT NOT NULL,
    account_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    order_count BIGINT NOT NULL,
    unit_count BIGINT NOT NULL,
    discount_amount NUMERIC(16, 2) NOT NULL,
    gross_amount NUMERIC(16, 2) NOT NULL,
    net_restated_amount NUMERIC(16, 2) NOT NULL,
    PRIMARY KEY (sales_date, tenant_id, channel_code, account_id, currency, customer_key)
);
COMMENT ON TABLE mart.mart_customer_daily IS
'One row per business date, shop, channel, account, currency and customer: what they paid that day. Guests and those the channel does not tell apart stand together under (unknown).';
COMMENT ON COLUMN mart.mart_customer_daily.sales_date IS
'Business date: a calendar day in Asia/Seoul; of payment.';
COMMENT ON COLUMN mart.mart_customer_daily.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_customer_daily.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.mart_customer_daily.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.mart_customer_daily.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.mart_customer_daily.customer_key IS
'Keyed hash of the customer''s id on the channel, no name; (unknown) where there is none.';
COMMENT ON COLUMN mart.mart_customer_daily.order_count IS
'Orders with a line first paid that day.';
COMMENT ON COLUMN mart.mart_customer_daily.unit_count IS
'Units of those lines.';
COMMENT ON COLUMN mart.mart_customer_daily.discount_amount IS
'Discounts of those lines, with their share of the order''s.';
COMMENT ON COLUMN mart.mart_customer_daily.gross_amount IS
'Gross sales: list_amount less discount_amount of all lines first paid that day, whatever became of them since.';
COMMENT ON COLUMN mart.mart_customer_daily.net_restated_amount IS
'Net sales, restated: of the lines first paid that day what is neither canceled nor returned by now.';

CREATE TABLE mart.mart_channel_traffic (
    traffic_date DATE NOT NULL,
    tenant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    traffic_source TEXT NOT NULL,
    channel_group TEXT NOT NULL,
    session_count BIGINT NOT NULL,
    user_count BIGINT NOT NULL,
    purchase_count BIGINT NOT NULL,
    revenue_amount NUMERIC(16, 2) NOT NULL,
    is_approximate BOOLEAN NOT NULL,
    session_share NUMERIC(14, 2),
    seen_order_rate NUMERIC(14, 2),
    order_per_session_rate NUMERIC(14, 2),
    PRIMARY KEY (traffic_date, tenant_id, account_id, traffic_source, channel_group)
);
COMMENT ON TABLE mart.mart_channel_traffic IS
'One row per business date, shop, analytics account, analytics and channel group: visits and what analytics saw of sales, beside the own mall''s orders as a ratio only.';
COMMENT ON COLUMN mart.mart_channel_traffic.traffic_date IS
'Business date: a calendar day in Asia/Seoul; of the visits.';
COMMENT ON COLUMN mart.mart_channel_traffic.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.mart_channel_traffic.account_id IS
'The shop''s analytics account.';
COMMENT ON COLUMN mart.mart_channel_traffic.traffic_source IS
'GA4 or UA.';
COMMENT ON COLUMN mart.mart_channel_traffic.channel_group IS
'As analytics groups sources, such as Organic Search.';
COMMENT ON COLUMN mart.mart_channel_traffic.session_count IS
'Sessions.';
COMMENT ON COLUMN mart.mart_channel_traffic.user_count IS
'Users, summed over sources.';
COMMENT ON COLUMN mart.mart_channel_traffic.purchase_count IS
'Purchases analytics saw; not orders.';
COMMENT ON COLUMN mart.mart_channel_traffic.revenue_amount IS
'Revenue analytics saw; not sales.';
COMMENT ON COLUMN mart.mart_channel_traffic.is_approximate IS
'Whether analytics said that it left out or estimated.';
COMMENT ON COLUMN mart.mart_channel_traffic.session_share IS
'Percent of the day''s sessions of this account; NULL without sessions.';
COMMENT ON COLUMN mart.mart_channel_traffic.seen_order_rate IS
'The day''s purchases of analytics in percent of the orders paid in the shop''s own mall; NULL without such orders.';
COMMENT ON COLUMN mart.mart_channel_traffic.order_per_session_rate IS
'Orders paid in the shop''s own mall in percent of the day''s sessions; NULL without sessions.';

CREATE VIEW mart.v_sales_weekly AS
WITH period AS (
    SELECT
        CAST(DATE_TRUNC('week', CAST(sales_date AS TIMESTAMP)) AS DATE) AS week_start,
        tenant_id,
        channel_code,
        account_id,
        currency,
        COUNT(*) AS day_count,
        SUM(list_amount) AS list_amount,
        SUM(discount_amount) AS discount_amount,
        SUM(gross_amount) AS gross_amount,
        SUM(net_restated_amount) AS net_restated_amount,
        SUM(claim_amount) AS claim_amount,
        SUM(net_event_amount) AS net_event_amount,
        SUM(at_risk_amount) AS at_risk_amount,
        SUM(shipping_amount) AS shipping_amount,
        SUM(order_count) AS order_count,
        SUM(unit_count) AS unit_count,
        SUM(cancel_count) AS cancel_count,
        SUM(return_count) AS return_count
    FROM mart.mart_sales_daily
    GROUP BY
        CAST(DATE_TRUNC('week', CAST(sales_date AS TIMESTAMP)) AS DATE),
        tenant_id,
        channel_code,
        account_id,
        currency
)

-- LEFT JOIN and no window: the period before is that of the calendar, not the last with sales.
SELECT
    period.week_start,
    period.tenant_id,
    period.channel_code,
    period.account_id,
    period.currency,
    period.day_count,
    period.list_amount,
    period.discount_amount,
    period.gross_amount,
    period.net_restated_amount,
    period.claim_amount,
    period.net_event_amount,
    period.at_risk_amount,
    period.shipping_amount,
    period.order_count,
    period.unit_count,
    period.cancel_count,
    period.return_count,
    before.gross_amount AS gross_amount_before,
    ROUND(
        100.0 * (period.gross_amount - before.gross_amount)
        / NULLIF(ABS(before.gross_amount), 0),
        1
    ) AS gross_change_rate,
    before.net_event_amount AS net_event_amount_before,
    ROUND(
        100.0 * (period.net_event_amount - before.net_event_amount)
        / NULLIF(ABS(before.net_event_amount), 0),
        1
    ) AS net_event_change_rate,
    before.order_count AS order_count_before,
    ROUND(
        100.0 * (period.order_count - before.order_count)
        / NULLIF(ABS(before.order_count), 0),
        1
    ) AS order_change_rate
FROM period
LEFT JOIN period AS before
    ON
        period.week_start = CAST(before.week_start + INTERVAL '1 week' AS DATE)
        AND period.tenant_id = before.tenant_id
        AND period.channel_code = before.channel_code
        AND period.account_id = before.account_id
        AND period.currency = before.currency;
COMMENT ON VIEW mart.v_sales_weekly IS
'One row per week, shop, channel, account and currency: sales of its days together, and the change to the week before. A week is Monday to Sunday.';
COMMENT ON COLUMN mart.v_sales_weekly.week_start IS
'First day of the week, in Asia/Seoul.';
COMMENT ON COLUMN mart.v_sales_weekly.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.v_sales_weekly.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.v_sales_weekly.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.v_sales_weekly.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.v_sales_weekly.day_count IS
'Days of it with sales or claims.';
COMMENT ON COLUMN mart.v_sales_weekly.list_amount IS
'Price of the lines, before any discount.';
COMMENT ON COLUMN mart.v_sales_weekly.discount_amount IS
'Discounts of those lines.';
COMMENT ON COLUMN mart.v_sales_weekly.gross_amount IS
'Gross sales.';
COMMENT ON COLUMN mart.v_sales_weekly.net_restated_amount IS
'Net sales, restated.';
COMMENT ON COLUMN mart.v_sales_weekly.claim_amount IS
'Cancellations and returns completed in it.';
COMMENT ON COLUMN mart.v_sales_weekly.net_event_amount IS
'Net sales, by event.';
COMMENT ON COLUMN mart.v_sales_weekly.at_risk_amount IS
'Part of net_restated_amount with a claim requested.';
COMMENT ON COLUMN mart.v_sales_weekly.shipping_amount IS
'Shipping charged; in no other amount.';
COMMENT ON COLUMN mart.v_sales_weekly.order_count IS
'Orders.';
COMMENT ON COLUMN mart.v_sales_weekly.unit_count IS
'Units.';
COMMENT ON COLUMN mart.v_sales_weekly.cancel_count IS
'Lines whose cancellation was completed in it.';
COMMENT ON COLUMN mart.v_sales_weekly.return_count IS
'Lines whose return was completed in it.';
COMMENT ON COLUMN mart.v_sales_weekly.gross_amount_before IS
'Gross sales of the week before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_weekly.gross_change_rate IS
'Change of gross_amount to the week before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_weekly.net_event_amount_before IS
'Net sales, by event, of the week before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_weekly.net_event_change_rate IS
'Change of net_event_amount to the week before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_weekly.order_count_before IS
'Orders of the week before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_weekly.order_change_rate IS
'Change of order_count to the week before in percent; NULL where that is absent or 0.';

CREATE VIEW mart.v_sales_monthly AS
WITH period AS (
    SELECT
        CAST(DATE_TRUNC('month', CAST(sales_date AS TIMESTAMP)) AS DATE) AS month_start,
        tenant_id,
        channel_code,
        account_id,
        currency,
        COUNT(*) AS day_count,
        SUM(list_amount) AS list_amount,
        SUM(discount_amount) AS discount_amount,
        SUM(gross_amount) AS gross_amount,
        SUM(net_restated_amount) AS net_restated_amount,
        SUM(claim_amount) AS claim_amount,
        SUM(net_event_amount) AS net_event_amount,
        SUM(at_risk_amount) AS at_risk_amount,
        SUM(shipping_amount) AS shipping_amount,
        SUM(order_count) AS order_count,
        SUM(unit_count) AS unit_count,
        SUM(cancel_count) AS cancel_count,
        SUM(return_count) AS return_count
    FROM mart.mart_sales_daily
    GROUP BY
        CAST(DATE_TRUNC('month', CAST(sales_date AS TIMESTAMP)) AS DATE),
        tenant_id,
        channel_code,
        account_id,
        currency
)

-- LEFT JOIN and no window: the period before is that of the calendar, not the last with sales.
SELECT
    period.month_start,
    period.tenant_id,
    period.channel_code,
    period.account_id,
    period.currency,
    period.day_count,
    period.list_amount,
    period.discount_amount,
    period.gross_amount,
    period.net_restated_amount,
    period.claim_amount,
    period.net_event_amount,
    period.at_risk_amount,
    period.shipping_amount,
    period.order_count,
    period.unit_count,
    period.cancel_count,
    period.return_count,
    before.gross_amount AS gross_amount_before,
    ROUND(
        100.0 * (period.gross_amount - before.gross_amount)
        / NULLIF(ABS(before.gross_amount), 0),
        1
    ) AS gross_change_rate,
    before.net_event_amount AS net_event_amount_before,
    ROUND(
        100.0 * (period.net_event_amount - before.net_event_amount)
        / NULLIF(ABS(before.net_event_amount), 0),
        1
    ) AS net_event_change_rate,
    before.order_count AS order_count_before,
    ROUND(
        100.0 * (period.order_count - before.order_count)
        / NULLIF(ABS(before.order_count), 0),
        1
    ) AS order_change_rate
FROM period
LEFT JOIN period AS before
    ON
        period.month_start = CAST(before.month_start + INTERVAL '1 month' AS DATE)
        AND period.tenant_id = before.tenant_id
        AND period.channel_code = before.channel_code
        AND period.account_id = before.account_id
        AND period.currency = before.currency;
COMMENT ON VIEW mart.v_sales_monthly IS
'One row per month, shop, channel, account and currency: sales of its days together, and the change to the month before. A month is of the calendar.';
COMMENT ON COLUMN mart.v_sales_monthly.month_start IS
'First day of the month, in Asia/Seoul.';
COMMENT ON COLUMN mart.v_sales_monthly.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.v_sales_monthly.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.v_sales_monthly.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.v_sales_monthly.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.v_sales_monthly.day_count IS
'Days of it with sales or claims.';
COMMENT ON COLUMN mart.v_sales_monthly.list_amount IS
'Price of the lines, before any discount.';
COMMENT ON COLUMN mart.v_sales_monthly.discount_amount IS
'Discounts of those lines.';
COMMENT ON COLUMN mart.v_sales_monthly.gross_amount IS
'Gross sales.';
COMMENT ON COLUMN mart.v_sales_monthly.net_restated_amount IS
'Net sales, restated.';
COMMENT ON COLUMN mart.v_sales_monthly.claim_amount IS
'Cancellations and returns completed in it.';
COMMENT ON COLUMN mart.v_sales_monthly.net_event_amount IS
'Net sales, by event.';
COMMENT ON COLUMN mart.v_sales_monthly.at_risk_amount IS
'Part of net_restated_amount with a claim requested.';
COMMENT ON COLUMN mart.v_sales_monthly.shipping_amount IS
'Shipping charged; in no other amount.';
COMMENT ON COLUMN mart.v_sales_monthly.order_count IS
'Orders.';
COMMENT ON COLUMN mart.v_sales_monthly.unit_count IS
'Units.';
COMMENT ON COLUMN mart.v_sales_monthly.cancel_count IS
'Lines whose cancellation was completed in it.';
COMMENT ON COLUMN mart.v_sales_monthly.return_count IS
'Lines whose return was completed in it.';
COMMENT ON COLUMN mart.v_sales_monthly.gross_amount_before IS
'Gross sales of the month before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_monthly.gross_change_rate IS
'Change of gross_amount to the month before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_monthly.net_event_amount_before IS
'Net sales, by event, of the month before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_monthly.net_event_change_rate IS
'Change of net_event_amount to the month before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_monthly.order_count_before IS
'Orders of the month before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_monthly.order_change_rate IS
'Change of order_count to the month before in percent; NULL where that is absent or 0.';

CREATE VIEW mart.v_sales_yearly AS
WITH period AS (
    SELECT
        CAST(DATE_TRUNC('year', CAST(sales_date AS TIMESTAMP)) AS DATE) AS year_start,
        tenant_id,
        channel_code,
        account_id,
        currency,
        COUNT(*) AS day_count,
        SUM(list_amount) AS list_amount,
        SUM(discount_amount) AS discount_amount,
        SUM(gross_amount) AS gross_amount,
        SUM(net_restated_amount) AS net_restated_amount,
        SUM(claim_amount) AS claim_amount,
        SUM(net_event_amount) AS net_event_amount,
        SUM(at_risk_amount) AS at_risk_amount,
        SUM(shipping_amount) AS shipping_amount,
        SUM(order_count) AS order_count,
        SUM(unit_count) AS unit_count,
        SUM(cancel_count) AS cancel_count,
        SUM(return_count) AS return_count
    FROM mart.mart_sales_daily
    GROUP BY
        CAST(DATE_TRUNC('year', CAST(sales_date AS TIMESTAMP)) AS DATE),
        tenant_id,
        channel_code,
        account_id,
        currency
)

-- LEFT JOIN and no window: the period before is that of the calendar, not the last with sales.
SELECT
    period.year_start,
    period.tenant_id,
    period.channel_code,
    period.account_id,
    period.currency,
    period.day_count,
    period.list_amount,
    period.discount_amount,
    period.gross_amount,
    period.net_restated_amount,
    period.claim_amount,
    period.net_event_amount,
    period.at_risk_amount,
    period.shipping_amount,
    period.order_count,
    period.unit_count,
    period.cancel_count,
    period.return_count,
    before.gross_amount AS gross_amount_before,
    ROUND(
        100.0 * (period.gross_amount - before.gross_amount)
        / NULLIF(ABS(before.gross_amount), 0),
        1
    ) AS gross_change_rate,
    before.net_event_amount AS net_event_amount_before,
    ROUND(
        100.0 * (period.net_event_amount - before.net_event_amount)
        / NULLIF(ABS(before.net_event_amount), 0),
        1
    ) AS net_event_change_rate,
    before.order_count AS order_count_before,
    ROUND(
        100.0 * (period.order_count - before.order_count)
        / NULLIF(ABS(before.order_count), 0),
        1
    ) AS order_change_rate
FROM period
LEFT JOIN period AS before
    ON
        period.year_start = CAST(before.year_start + INTERVAL '1 year' AS DATE)
        AND period.tenant_id = before.tenant_id
        AND period.channel_code = before.channel_code
        AND period.account_id = before.account_id
        AND period.currency = before.currency;
COMMENT ON VIEW mart.v_sales_yearly IS
'One row per year, shop, channel, account and currency: sales of its days together, and the change to the year before. A year is of the calendar.';
COMMENT ON COLUMN mart.v_sales_yearly.year_start IS
'First day of the year, in Asia/Seoul.';
COMMENT ON COLUMN mart.v_sales_yearly.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.v_sales_yearly.channel_code IS
'CAFE24 (own mall), NAVER (SmartStore), ABLY or FILE.';
COMMENT ON COLUMN mart.v_sales_yearly.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.v_sales_yearly.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.v_sales_yearly.day_count IS
'Days of it with sales or claims.';
COMMENT ON COLUMN mart.v_sales_yearly.list_amount IS
'Price of the lines, before any discount.';
COMMENT ON COLUMN mart.v_sales_yearly.discount_amount IS
'Discounts of those lines.';
COMMENT ON COLUMN mart.v_sales_yearly.gross_amount IS
'Gross sales.';
COMMENT ON COLUMN mart.v_sales_yearly.net_restated_amount IS
'Net sales, restated.';
COMMENT ON COLUMN mart.v_sales_yearly.claim_amount IS
'Cancellations and returns completed in it.';
COMMENT ON COLUMN mart.v_sales_yearly.net_event_amount IS
'Net sales, by event.';
COMMENT ON COLUMN mart.v_sales_yearly.at_risk_amount IS
'Part of net_restated_amount with a claim requested.';
COMMENT ON COLUMN mart.v_sales_yearly.shipping_amount IS
'Shipping charged; in no other amount.';
COMMENT ON COLUMN mart.v_sales_yearly.order_count IS
'Orders.';
COMMENT ON COLUMN mart.v_sales_yearly.unit_count IS
'Units.';
COMMENT ON COLUMN mart.v_sales_yearly.cancel_count IS
'Lines whose cancellation was completed in it.';
COMMENT ON COLUMN mart.v_sales_yearly.return_count IS
'Lines whose return was completed in it.';
COMMENT ON COLUMN mart.v_sales_yearly.gross_amount_before IS
'Gross sales of the year before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_yearly.gross_change_rate IS
'Change of gross_amount to the year before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_yearly.net_event_amount_before IS
'Net sales, by event, of the year before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_yearly.net_event_change_rate IS
'Change of net_event_amount to the year before in percent; NULL where that is absent or 0.';
COMMENT ON COLUMN mart.v_sales_yearly.order_count_before IS
'Orders of the year before; NULL where it has no row.';
COMMENT ON COLUMN mart.v_sales_yearly.order_change_rate IS
'Change of order_count to the year before in percent; NULL where that is absent or 0.';

CREATE VIEW mart.don_home_unionorder AS
SELECT
    sale.tenant_id,
    item.account_id,
    item.item_id,
    CASE sale.channel_code
        WHEN 'CAFE24' THEN 'Homepage'
        WHEN 'NAVER' THEN '스마트스토어'
        ELSE sale.channel_code
    END AS "Platform",
    item.order_id AS 주문번호,
    item.item_status AS "Status",
    sale.ordered_on AS 주문일자,
    sale.customer_key AS 고객명,
    item.product_name AS 상품명,
    item.quantity AS 수량,
    item.line_gross - item.line_discount - item.allocated_discount AS 판매가,
    item.line_gross - item.line_discount - item.allocated_discount
    - COALESCE(item.commission_amount, 0)
    - product.supply_price * item.quantity AS "Profit",
    CASE WHEN item.item_status IN ('CANCELED', 'RETURNED') THEN 'T' ELSE 'F' END AS "취소/반품" -- noqa: RF05
FROM raw.order_item AS item
INNER JOIN raw.v_counted_order AS sale
    ON item.account_id = sale.account_id AND item.order_id = sale.order_id
LEFT JOIN raw.product AS product
    ON item.account_id = product.account_id AND item.product_id = product.product_id
WHERE item.line_kind = 'SALE';
COMMENT ON VIEW mart.don_home_unionorder IS
'One row per order line of all channels, in the columns of the shop''s former table; as it is loaded now.';
COMMENT ON COLUMN mart.don_home_unionorder.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.don_home_unionorder.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.don_home_unionorder.item_id IS
'The line''s number on the platform.';
COMMENT ON COLUMN mart.don_home_unionorder."Platform" IS
'Homepage (own mall), 스마트스토어, ABLY or the channel''s code.';
COMMENT ON COLUMN mart.don_home_unionorder.주문번호 IS
'The order''s number on the platform.';
COMMENT ON COLUMN mart.don_home_unionorder."Status" IS
'The line''s status, one word for all channels, such as SHIPPING.';
COMMENT ON COLUMN mart.don_home_unionorder.주문일자 IS
'Business date on which the order was placed, in Asia/Seoul.';
COMMENT ON COLUMN mart.don_home_unionorder.고객명 IS
'The customer''s key, a keyed hash and never a name; NULL for guests.';
COMMENT ON COLUMN mart.don_home_unionorder.상품명 IS
'The product as the line names it.';
COMMENT ON COLUMN mart.don_home_unionorder.수량 IS
'Units of the line; add them up, do not count them.';
COMMENT ON COLUMN mart.don_home_unionorder.판매가 IS
'The line''s price after all discounts, for all its units.';
COMMENT ON COLUMN mart.don_home_unionorder."Profit" IS
'판매가 less the platform''s commission and the supply price of all units; NULL where the supply price is not known.';
COMMENT ON COLUMN mart.don_home_unionorder."취소/반품" IS -- noqa: RF05
'T where the line is canceled or returned, else F.';

CREATE VIEW mart.v_sales_freshness AS
WITH reached AS (
    SELECT
        dataset,
        SPLIT_PART(slice, '.', 1) AS account_id,
        MAX(position) AS loaded_until,
        MAX(updated_at) AS loaded_at
    FROM ops.watermark
    GROUP BY dataset, SPLIT_PART(slice, '.', 1)
),

waiting AS (
    SELECT
        reading.dataset,
        COUNT(DISTINCT mart_day.business_date) AS day_count
    FROM ops.v_touched_mart_day AS mart_day
    INNER JOIN ops.mart_reads AS reading ON mart_day.mart = reading.mart
    WHERE mart_day.is_waiting
    GROUP BY reading.dataset
)

SELECT
    account.tenant_id,
    reached.account_id,
    account.channel_code,
    reached.dataset,
    account.status AS account_status,
    account.needs_attention_reason,
    reached.loaded_until,
    reached.loaded_at,
    COALESCE(waiting.day_count, 0) AS waiting_day_count
FROM reached
INNER JOIN ops.account AS account ON reached.account_id = account.account_id
LEFT JOIN waiting ON reached.dataset = waiting.dataset;
COMMENT ON VIEW mart.v_sales_freshness IS
'One row per account and dataset: until when a shop''s records are loaded, and whether its marts show them.';
COMMENT ON COLUMN mart.v_sales_freshness.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.v_sales_freshness.account_id IS
'The shop''s account on the channel.';
COMMENT ON COLUMN mart.v_sales_freshness.channel_code IS
'CAFE24, NAVER, ABLY, GA4 or FILE.';
COMMENT ON COLUMN mart.v_sales_freshness.dataset IS
'orders, refunds, products, coupons or web-traffic.';
COMMENT ON COLUMN mart.v_sales_freshness.account_status IS
'ACTIVE; NEEDS_ATTENTION, its owner must act and nothing newer comes; REMOVED.';
COMMENT ON COLUMN mart.v_sales_freshness.needs_attention_reason IS
'Such as REAUTH_REQUIRED; NULL while it needs none.';
COMMENT ON COLUMN mart.v_sales_freshness.loaded_until IS
'What the channel changed before this is loaded.';
COMMENT ON COLUMN mart.v_sales_freshness.loaded_at IS
'When that was loaded.';
COMMENT ON COLUMN mart.v_sales_freshness.waiting_day_count IS
'Days of the dataset, of all accounts, whose marts do not show yet what was loaded.';

-- Days of merged datasets are not in the books by day: theirs is whether a touch waits.
CREATE OR REPLACE VIEW mart.v_freshness AS
WITH last_build AS (
    SELECT DISTINCT ON (mart, business_date)
        mart,
        business_date,
        load_run_id,
        row_count,
        built_at
    FROM ops.mart_log
    ORDER BY mart ASC, business_date ASC, token DESC, built_at DESC
),

-- A clean file lies in a folder named after the run that checked it: so loads of before schema
-- version 7, which did not write that down, have their pass rate too.
load AS (
    SELECT
        run_id,
        COALESCE(MIN(checked_by), MIN(SPLIT_PART(file, '/', 1))) AS checked_by,
        MAX(loaded_at) AS loaded_at
    FROM ops.load_log
    GROUP BY run_id
),

pass_rate AS (
    SELECT
        run_id,
        MIN(pass_rate) AS lowest
    FROM ops.quality_check_log
    WHERE severity = 'fail'
    GROUP BY run_id
),

landing AS (
    SELECT
        checked.run_id AS checked_by,
        MIN(extraction.started_at) AS landed_at
    FROM ops.checked_file AS checked
    INNER JOIN ops.pipeline_run_log AS extraction ON checked.landing_run_id = extraction.run_id
    GROUP BY checked.run_id
),

dropped AS (
    SELECT
        place,
        business_date,
        MAX(removed_at) AS dropped_at
    FROM ops.retention_log
    GROUP BY place, business_date
),

mart_day AS (
    SELECT
        known.mart,
        book.business_date,
        book.state AS book_state,
        build.load_run_id IS NOT NULL AS is_built,
        COALESCE(dropped.dropped_at > build.built_at, FALSE) AS is_dropped,
        COALESCE(build.load_run_id = book.load_run_id, FALSE) AS is_of_last_load,
        COALESCE(landing.landed_at, load.loaded_at)
        >= CAST(book.business_date + 1 AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul' AS is_day_over,
        load.loaded_at AS as_of,
        build.built_at,
        pass_rate.lowest AS pass_rate,
        build.row_count
    FROM ops.v_books AS book
    INNER JOIN ops.dataset AS dataset
        ON book.dataset = dataset.dataset AND dataset.load_method = 'replace_day'
    INNER JOIN ops.mart AS known ON book.dataset = known.dataset
    LEFT JOIN last_build AS build
        ON known.mart = build.mart AND book.business_date = build.business_date
    LEFT JOIN dropped
        ON
            'mart.' || known.mart = dropped.place
            AND book.business_date = dropped.business_date
    LEFT JOIN load ON build.load_run_id = load.run_id
    LEFT JOIN landing ON load.checked_by = landing.checked_by
    LEFT JOIN pass_rate ON load.checked_by = pass_rate.run_id
),

window_day AS (
    SELECT
        touched.mart,
        touched.business_date,
        CASE
            WHEN touched.built_at IS NULL THEN 'not built'
            WHEN touched.is_waiting THEN 'newer data is loaded'
            WHEN
                load.loaded_at
                < CAST(touched.business_date + 1 AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul'
                THEN 'the day was not over'
            ELSE 'final'
        END AS state,
        load.loaded_at AS as_of,
        touched.built_at,
        pass_rate.lowest AS pass_rate,
        touched.row_count
    FROM ops.v_touched_mart_day AS touched
    LEFT JOIN load ON touched.load_run_id = load.run_id
    LEFT JOIN pass_rate ON load.checked_by = pass_rate.run_id
),

told AS (
    SELECT
        mart,
        business_date,
        CASE
            WHEN is_dropped THEN 'dropped'
            WHEN NOT is_built THEN 'not built'
            WHEN NOT is_of_last_load THEN 'newer data is loaded'
            WHEN book_state = 'check is older than the landing' THEN 'newer data has come'
            WHEN book_state = 'quality failed' THEN 'newer data was refused'
            WHEN book_state = 'load is older than the check' THEN 'newer data is checked'
            WHEN book_state = 'does not add up' THEN 'does not add up'
            WHEN NOT is_day_over THEN 'the day was not over'
            ELSE 'final'
        END AS state,
        as_of,
        built_at,
        pass_rate,
        row_count
    FROM mart_day
    UNION ALL
    SELECT
        mart,
        business_date,
        state,
        as_of,
        built_at,
        pass_rate,
        row_count
    FROM window_day
)

SELECT
    mart,
    business_date,
    state = 'final' AS is_final,
    state,
    as_of,
    built_at,
    pass_rate,
    row_count
FROM told;

-- The loader may, to tell what its loads leave to be built.
SELECT ops.grant_to('SELECT ON ops.mart_reads, ops.v_touched_mart_day', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('SELECT ON ops.v_frozen_day', 'jangbu_mart');
SELECT ops.grant_to('SELECT ON raw.v_counted_order, raw.v_sale_line', 'jangbu_mart');
SELECT ops.grant_to('SELECT, INSERT, DELETE ON ' || target, 'jangbu_mart')
FROM UNNEST(
    ARRAY[
        'mart.mart_sales_daily',
        'mart.mart_product_sales_daily',
        'mart.mart_order_status',
        'mart.mart_coupon_effect',
        'mart.mart_customer_daily',
        'mart.mart_channel_traffic'
    ]
) AS target;
SELECT ops.grant_to('SELECT ON ' || target, 'jangbu_analyst')
FROM UNNEST(
    ARRAY[
        'mart.mart_sales_daily',
        'mart.mart_product_sales_daily',
        'mart.mart_order_status',
        'mart.mart_coupon_effect',
        'mart.mart_customer_daily',
        'mart.mart_channel_traffic',
        'mart.v_sales_weekly',
        'mart.v_sales_monthly',
        'mart.v_sales_yearly',
        'mart.don_home_unionorder',
        'mart.v_sales_freshness'
    ]
) AS target;
SELECT ops.grant_to('SELECT ON ' || target, 'jangbu_mart')
FROM UNNEST(
    ARRAY[
        'mart.v_sales_weekly',
        'mart.v_sales_monthly',
        'mart.v_sales_yearly',
        'mart.don_home_unionorder',
        'mart.v_sales_freshness'
    ]
) AS target;
