CREATE TABLE events AS
SELECT
    event_id, event_type, user_id, session_id, "timestamp" AS at_text, platform, device_type, os, browser, page_url,
    page_type, element_id, element_type, product_id, position, quantity, unit_price, order_id, total_amount,
    payment_method, extra_data, search_query, result_count, page_number, sort_type,
    TRY_CAST("timestamp" AS TIMESTAMPTZ) AS occurred_at
FROM read_json(
    :files,
    format = 'newline_delimited',
    maximum_object_size = 1048576,
    columns = {
        event_id: 'VARCHAR', event_type: 'VARCHAR', user_id: 'VARCHAR', session_id: 'VARCHAR', "timestamp": 'VARCHAR',
        platform: 'VARCHAR', device_type: 'VARCHAR', os: 'VARCHAR', browser: 'VARCHAR', page_url: 'VARCHAR',
        page_type: 'VARCHAR', element_id: 'VARCHAR', element_type: 'VARCHAR', product_id: 'VARCHAR',
        position: 'BIGINT', quantity: 'BIGINT', unit_price: 'DECIMAL(18, 2)', order_id: 'VARCHAR',
        total_amount: 'DECIMAL(18, 2)', payment_method: 'VARCHAR', search_query: 'VARCHAR', result_count: 'BIGINT',
        page_number: 'BIGINT', sort_type: 'VARCHAR',
        extra_data: 'STRUCT(products STRUCT(product_id VARCHAR, quantity BIGINT, unit_price DECIMAL(18, 2))[], discount_amount DECIMAL(18, 2), shipping_fee DECIMAL(18, 2), coupon_code VARCHAR)'
    }
);
WITH required AS (
    SELECT count(*) AS counted, count(*) FILTER (WHERE
        event_id IS NULL OR event_type IS NULL OR user_id IS NULL OR session_id IS NULL OR at_text IS NULL
        OR platform IS NULL OR device_type IS NULL
        OR (event_type = 'page_view' AND (page_url IS NULL OR page_type IS NULL))
        OR (event_type = 'click' AND (page_url IS NULL OR element_id IS NULL OR element_type IS NULL))
        OR (event_type = 'add_to_cart' AND (product_id IS NULL OR quantity IS NULL OR unit_price IS NULL))
        OR (event_type = 'purchase' AND (order_id IS NULL OR total_amount IS NULL OR payment_method IS NULL))
        OR (event_type = 'search' AND (search_query IS NULL OR result_count IS NULL))) AS failed
    FROM events
),
repeated AS (
    SELECT count(event_id) AS counted, count(event_id) - count(DISTINCT CAST(event_id AS UUID)) AS failed FROM events
),
ranges AS (
    SELECT count(*) AS counted, count(*) FILTER (WHERE
        event_type NOT IN ('page_view', 'click', 'add_to_cart', 'purchase', 'search')
        OR platform NOT IN ('web', 'ios', 'android') OR device_type NOT IN ('desktop', 'mobile', 'tablet')
        OR os NOT IN ('Windows', 'macOS', 'Linux', 'iOS', 'Android')
        OR page_type NOT IN ('home', 'category', 'product', 'cart', 'checkout', 'order_complete', 'mypage')
        OR element_type NOT IN ('button', 'link', 'banner', 'product_card', 'search_result', 'recommendation')
        OR payment_method NOT IN ('credit_card', 'bank_transfer', 'kakao_pay', 'naver_pay', 'toss_pay')
        OR sort_type NOT IN ('relevance', 'price_asc', 'price_desc', 'latest', 'popular')
        OR position < 0 OR quantity NOT BETWEEN 1 AND 99 OR unit_price NOT BETWEEN 1 AND 10000000
        OR total_amount NOT BETWEEN 1 AND 100000000 OR result_count < 0 OR page_number < 1
        OR length(search_query) NOT BETWEEN 1 AND 200 OR length(page_url) > 2048 OR length(event_id) <> 36
        OR NOT regexp_full_match(user_id, '[A-Za-z0-9._:-]{1,64}')
        OR NOT regexp_full_match(session_id, '[A-Za-z0-9._:-]{1,64}')
        OR NOT regexp_full_match(product_id, '[A-Za-z0-9._:-]{1,64}')
        OR NOT regexp_full_match(order_id, '[A-Za-z0-9._:-]{1,64}')) AS failed
    FROM events
),
firsts AS (
    SELECT
        session_id,
        min(occurred_at) FILTER (WHERE event_type IN ('page_view', 'click')) AS viewed,
        min(occurred_at) FILTER (WHERE event_type = 'add_to_cart') AS carted,
        min(occurred_at) FILTER (WHERE event_type = 'purchase') AS bought
    FROM events
    WHERE occurred_at IS NOT NULL
    GROUP BY session_id
),
funnel AS (
    SELECT count(*) AS counted, count(*) FILTER (WHERE
        (bought IS NOT NULL AND (carted IS NULL OR bought < carted))
        OR (carted IS NOT NULL AND (viewed IS NULL OR carted < viewed))) AS failed
    FROM firsts
),
times AS (
    SELECT count(at_text) AS counted, count(*) FILTER (WHERE
        at_text IS NOT NULL AND (occurred_at IS NULL OR CAST(occurred_at AS DATE) <> CAST(? AS DATE))) AS failed
    FROM events
),
amounts AS (
    SELECT count(*) AS counted, count(*) FILTER (WHERE abs(total_amount - (
        list_sum(list_transform(extra_data.products, lambda product: product.quantity * product.unit_price))
        - coalesce(extra_data.discount_amount, 0) + coalesce(extra_data.shipping_fee, 0))) > 1) AS failed
    FROM events
    WHERE event_type = 'purchase' AND extra_data IS NOT NULL
),
first_platform AS (
    SELECT session_id, arg_min(platform, rowid) AS platform FROM events GROUP BY session_id
),
platforms AS (
    SELECT count(*) AS counted, count(*) FILTER (WHERE
        (e.platform = 'ios' AND (e.device_type <> 'mobile' OR e.os <> 'iOS'))
        OR (e.platform = 'android' AND (e.device_type <> 'mobile' OR e.os <> 'Android'))
        OR e.platform <> f.platform) AS failed
    FROM events AS e
    INNER JOIN first_platform AS f ON e.session_id = f.session_id
)
SELECT 'required_fields', counted, failed FROM required
UNION ALL SELECT 'unique_event_id', counted, failed FROM repeated
UNION ALL SELECT 'value_range', counted, failed FROM ranges
UNION ALL SELECT 'funnel_sequence', counted, failed FROM funnel
UNION ALL SELECT 'timestamp_valid', counted, failed FROM times
UNION ALL SELECT 'order_amount', counted, failed FROM amounts
UNION ALL SELECT 'platform_device', counted, failed FROM platforms
