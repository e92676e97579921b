-- Why: behaviour events as they passed their checks, one partition a business date, so that a day is swapped as a whole.
CREATE TABLE raw.raw_events (
    event_date DATE NOT NULL,
    event_id UUID NOT NULL,
    event_type TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    platform TEXT NOT NULL,
    device_type TEXT,
    os TEXT,
    browser TEXT,
    page_url TEXT,
    referrer TEXT,
    page_type TEXT,
    product_id TEXT,
    category_id TEXT,
    element_id TEXT,
    element_type TEXT,
    position INTEGER,
    quantity INTEGER,
    unit_price NUMERIC(14, 2),
    source_page TEXT,
    is_recommendation BOOLEAN,
    order_id TEXT,
    total_amount NUMERIC(14, 2),
    payment_method TEXT,
    discount_amount NUMERIC(14, 2),
    shipping_fee NUMERIC(14, 2),
    coupon_code TEXT,
    products JSONB,
    search_query TEXT,
    result_count INTEGER,
    category_filter TEXT,
    sort_type TEXT,
    page_number INTEGER,
    extra JSONB,
    PRIMARY KEY (event_date, event_id)
) PARTITION BY RANGE (event_date);

COMMENT ON TABLE raw.raw_events IS
'Behaviour events that passed their checks, one row an event, one partition a business date (Asia/Seoul).';
COMMENT ON COLUMN raw.raw_events.event_date IS 'Business date: the calendar day of occurred_at in Asia/Seoul.';
COMMENT ON COLUMN raw.raw_events.products IS
'Of a purchase: [{"product_id": text, "quantity": integer, "unit_price": number}], amounts in the shop''s currency.';
COMMENT ON COLUMN raw.raw_events.extra IS 'Fields the contract does not know, as they came; NULL where there are none.';

SELECT ops.grant_to('SELECT ON raw.raw_events', role_name)
FROM unnest(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
