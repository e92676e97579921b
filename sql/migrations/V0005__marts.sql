-- Why: analysts query days of marts, not events: four tables that mart-job replaces by the day, and
-- two views of ops that tell how fresh and how good they are.

CREATE TABLE mart.mart_user_daily (
    user_id TEXT NOT NULL,
    activity_date DATE NOT NULL,
    session_count BIGINT NOT NULL,
    page_view_count BIGINT NOT NULL,
    click_count BIGINT NOT NULL,
    add_to_cart_count BIGINT NOT NULL,
    purchase_count BIGINT NOT NULL,
    search_count BIGINT NOT NULL,
    total_purchase_amount NUMERIC(14, 2) NOT NULL,
    first_event_at TIMESTAMPTZ NOT NULL,
    last_event_at TIMESTAMPTZ NOT NULL,
    session_duration_total INTERVAL NOT NULL,
    PRIMARY KEY (user_id, activity_date)
);
-- A day is replaced, and looked at, as a whole.
CREATE INDEX ON mart.mart_user_daily (activity_date);
COMMENT ON TABLE mart.mart_user_daily IS
'One row per user and business date: what a user did that day. Users without an event that day have no row. A purchase event that repeats an order number counts here as often as it came; mart_orders has each order once.';
COMMENT ON COLUMN mart.mart_user_daily.user_id IS
'The user''s id in the shop; no name, no address.';
COMMENT ON COLUMN mart.mart_user_daily.activity_date IS
'Business date: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_user_daily.session_count IS
'Sessions with at least one event of the user.';
COMMENT ON COLUMN mart.mart_user_daily.page_view_count IS
'Events of type page_view.';
COMMENT ON COLUMN mart.mart_user_daily.click_count IS
'Events of type click.';
COMMENT ON COLUMN mart.mart_user_daily.add_to_cart_count IS
'Events of type add_to_cart, however many units each put in.';
COMMENT ON COLUMN mart.mart_user_daily.purchase_count IS
'Events of type purchase, repeated order numbers included.';
COMMENT ON COLUMN mart.mart_user_daily.search_count IS
'Events of type search.';
COMMENT ON COLUMN mart.mart_user_daily.total_purchase_amount IS
'Sum of total_amount of the purchases, in the shop''s currency; 0 without one.';
COMMENT ON COLUMN mart.mart_user_daily.first_event_at IS
'The user''s first event of the day.';
COMMENT ON COLUMN mart.mart_user_daily.last_event_at IS
'The user''s last event of the day.';
COMMENT ON COLUMN mart.mart_user_daily.session_duration_total IS
'Sum over sessions of last minus first event; a session of one event adds 0.';

CREATE TABLE mart.mart_funnel_daily (
    funnel_date DATE NOT NULL,
    platform TEXT NOT NULL,
    step1_viewers BIGINT NOT NULL,
    step2_clickers BIGINT NOT NULL,
    step3_cart_adders BIGINT NOT NULL,
    step4_purchasers BIGINT NOT NULL,
    view_to_click_rate NUMERIC(14, 2),
    click_to_cart_rate NUMERIC(14, 2),
    cart_to_purchase_rate NUMERIC(14, 2),
    overall_conversion_rate NUMERIC(14, 2),
    PRIMARY KEY (funnel_date, platform)
);
COMMENT ON TABLE mart.mart_funnel_daily IS
'One row per business date and platform: how many users came to each step, from seeing a page to buying. A platform without an event that day has no row.';
COMMENT ON COLUMN mart.mart_funnel_daily.funnel_date IS
'Business date: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_funnel_daily.platform IS
'web, ios or android.';
COMMENT ON COLUMN mart.mart_funnel_daily.step1_viewers IS
'Distinct users with a page_view.';
COMMENT ON COLUMN mart.mart_funnel_daily.step2_clickers IS
'Distinct users with a click.';
COMMENT ON COLUMN mart.mart_funnel_daily.step3_cart_adders IS
'Distinct users with an add_to_cart.';
COMMENT ON COLUMN mart.mart_funnel_daily.step4_purchasers IS
'Distinct users with a purchase.';
COMMENT ON COLUMN mart.mart_funnel_daily.view_to_click_rate IS
'step2_clickers / step1_viewers in percent; NULL without viewers.';
COMMENT ON COLUMN mart.mart_funnel_daily.click_to_cart_rate IS
'step3_cart_adders / step2_clickers in percent; NULL without clickers.';
COMMENT ON COLUMN mart.mart_funnel_daily.cart_to_purchase_rate IS
'step4_purchasers / step3_cart_adders in percent; NULL without cart adders.';
COMMENT ON COLUMN mart.mart_funnel_daily.overall_conversion_rate IS
'step4_purchasers / step1_viewers in percent; NULL without viewers.';

CREATE TABLE mart.mart_product_daily (
    product_id TEXT NOT NULL,
    activity_date DATE NOT NULL,
    click_count BIGINT NOT NULL,
    cart_add_count BIGINT NOT NULL,
    purchase_count BIGINT NOT NULL,
    revenue NUMERIC(14, 2) NOT NULL,
    units_sold BIGINT NOT NULL,
    unique_viewers BIGINT NOT NULL,
    unique_buyers BIGINT NOT NULL,
    conversion_rate NUMERIC(14, 2),
    PRIMARY KEY (product_id, activity_date)
);
-- A day is replaced, and looked at, as a whole.
CREATE INDEX ON mart.mart_product_daily (activity_date);
COMMENT ON TABLE mart.mart_product_daily IS
'One row per product and business date: who looked at it, who put it in a cart, who bought it. A product without a click, cart or purchase that day has no row.';
COMMENT ON COLUMN mart.mart_product_daily.product_id IS
'The product''s id in the shop; (unknown) for product lines that name none.';
COMMENT ON COLUMN mart.mart_product_daily.activity_date IS
'Business date: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_product_daily.click_count IS
'Clicks on the product.';
COMMENT ON COLUMN mart.mart_product_daily.cart_add_count IS
'Times it was added to a cart, however many units each time.';
COMMENT ON COLUMN mart.mart_product_daily.purchase_count IS
'Purchase events with the product among their products.';
COMMENT ON COLUMN mart.mart_product_daily.revenue IS
'Sum of unit_price x quantity over its product lines, before discount and shipping, in the shop''s currency.';
COMMENT ON COLUMN mart.mart_product_daily.units_sold IS
'Sum of quantity over its product lines.';
COMMENT ON COLUMN mart.mart_product_daily.unique_viewers IS
'Distinct users who clicked it.';
COMMENT ON COLUMN mart.mart_product_daily.unique_buyers IS
'Distinct users who bought it.';
COMMENT ON COLUMN mart.mart_product_daily.conversion_rate IS
'unique_buyers / unique_viewers in percent; NULL without viewers. May exceed 100: one may buy without a click.';

CREATE TABLE mart.mart_orders (
    order_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    order_date DATE NOT NULL,
    order_timestamp TIMESTAMPTZ NOT NULL,
    total_amount NUMERIC(14, 2),
    payment_method TEXT,
    platform TEXT NOT NULL,
    discount_amount NUMERIC(14, 2) NOT NULL,
    shipping_fee NUMERIC(14, 2) NOT NULL,
    coupon_code TEXT,
    item_count BIGINT NOT NULL,
    PRIMARY KEY (order_date, order_id)
);
-- Finds an order, and the same number on another day.
CREATE INDEX ON mart.mart_orders (order_id);
-- A customer's orders, newest last.
CREATE INDEX ON mart.mart_orders (user_id, order_date);
COMMENT ON TABLE mart.mart_orders IS
'One row per business date and order: the purchases, each order number once a day. Of events that repeat an order number within a day the first by (timestamp, event_id) is kept, and the run reports how many were left out.';
COMMENT ON COLUMN mart.mart_orders.order_id IS
'The order''s number in the shop; the event''s id where the source has no order numbers.';
COMMENT ON COLUMN mart.mart_orders.user_id IS
'Who ordered.';
COMMENT ON COLUMN mart.mart_orders.order_date IS
'Business date: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.mart_orders.order_timestamp IS
'When the order was placed.';
COMMENT ON COLUMN mart.mart_orders.total_amount IS
'What was paid, after discount and with shipping, in the shop''s currency; NULL where the source knows no amounts.';
COMMENT ON COLUMN mart.mart_orders.payment_method IS
'credit_card, bank_transfer, kakao_pay, naver_pay or toss_pay; NULL where the source does not tell.';
COMMENT ON COLUMN mart.mart_orders.platform IS
'web, ios or android.';
COMMENT ON COLUMN mart.mart_orders.discount_amount IS
'Taken off the order; 0 where the purchase names none.';
COMMENT ON COLUMN mart.mart_orders.shipping_fee IS
'Shipping paid; 0 where the purchase names none.';
COMMENT ON COLUMN mart.mart_orders.coupon_code IS
'The coupon used; NULL without one.';
COMMENT ON COLUMN mart.mart_orders.item_count IS
'Product lines of the order (units are in mart_product_daily); 0 where the purchase lists none.';

-- A number that is no number, from a job of another version, is unknown: the view never fails.
CREATE VIEW ops.v_runs AS
SELECT DISTINCT ON (run.business_date, run.dataset, run.job, run.slice)
    run.business_date,
    run.dataset,
    run.job,
    run.slice,
    run.status,
    run.exit_code,
    CASE JSONB_TYPEOF(run.facts -> 'rows')
        WHEN 'number' THEN CAST(run.facts -> 'rows' AS NUMERIC)
    END AS row_count,
    run.seconds,
    run.started_at,
    run.finished_at
FROM ops.pipeline_run_log AS run
ORDER BY
    run.business_date ASC, run.dataset ASC, run.job ASC, run.slice ASC, run.started_at DESC;
COMMENT ON VIEW ops.v_runs IS
'The latest run of each job, dataset, slice and business date: its state, rows and seconds.';

CREATE VIEW ops.v_quality_checks AS
SELECT
    business_date,
    dataset,
    slice,
    run_id,
    check_name,
    check_type,
    counted,
    failed,
    pass_rate,
    threshold,
    severity,
    status,
    day_status,
    checked_at,
    run_id = FIRST_VALUE(run_id) OVER (
        PARTITION BY business_date, dataset, slice
        ORDER BY checked_at DESC, run_id DESC
    ) AS is_latest
FROM ops.quality_check_log;
COMMENT ON VIEW ops.v_quality_checks IS
'What each check found in each run; is_latest marks the run that counts for its day.';

SELECT
    ops.grant_to(
        'SELECT, INSERT, DELETE ON mart.mart_user_daily, mart.mart_funnel_daily,'
        || ' mart.mart_product_daily, mart.mart_orders',
        'jangbu_mart'
    );
SELECT
    ops.grant_to(
        'SELECT ON mart.mart_user_daily, mart.mart_funnel_daily,'
        || ' mart.mart_product_daily, mart.mart_orders, ops.v_runs, ops.v_quality_checks',
        'jangbu_analyst'
    );

-- Every job asks first whether the schema is the one it was built for.
SELECT ops.grant_to('SELECT ON ops.flyway_schema_history', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;

-- An analyst's slip costs a minute at most and changes nothing. PostgreSQL applies these at log-in
-- as this very role; a person with a role of their own needs the same two settings on it.
DO $$
BEGIN
    EXECUTE format(
        'ALTER ROLE jangbu_analyst IN DATABASE %I SET statement_timeout = ''60s''',
        current_database()
    );
    EXECUTE format(
        'ALTER ROLE jangbu_analyst IN DATABASE %I SET default_transaction_read_only = on',
        current_database()
    );
EXCEPTION
    WHEN insufficient_privilege OR undefined_object THEN
        RAISE WARNING 'limits of jangbu_analyst not set: % may not alter it, or it is absent',
            current_user;
END
$$;
