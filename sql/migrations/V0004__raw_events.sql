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
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;

-- What load-job may do to raw tables without owning them. A new dataset is one row here.
CREATE TABLE ops.dataset (
    dataset TEXT PRIMARY KEY,
    table_name TEXT NOT NULL UNIQUE,
    day_column TEXT NOT NULL,
    key_columns TEXT NOT NULL,
    load_method TEXT NOT NULL CHECK (load_method IN ('replace_day', 'merge_window'))
);
COMMENT ON TABLE ops.dataset IS
'The raw table of each dataset and how it is loaded: whole days replaced, or rows merged by key over a window.';
INSERT INTO ops.dataset (dataset, table_name, day_column, key_columns, load_method)
VALUES ('events', 'raw_events', 'event_date', 'event_date, event_id', 'replace_day');

-- Raises unless this token is the one that may write the day. Owned functions call it first.
CREATE FUNCTION ops.require_load_token(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS VOID
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM ops.run_lock
    WHERE job = 'load-job' AND dataset = of_dataset AND slice = 'all' AND business_date = of_day AND token = of_token;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'token % does not hold the load of % %', of_token, of_dataset, of_day
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.require_load_token(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE FUNCTION ops.day_table(of_dataset TEXT, of_day DATE) RETURNS TEXT
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT table_name || '_' || to_char(of_day, 'YYYYMMDD') FROM ops.dataset WHERE dataset = of_dataset
$$;
COMMENT ON FUNCTION ops.day_table(TEXT, DATE) IS 'Name, in schema raw, of the partition that holds a day of a dataset.';

-- A table apart for a first load; in the transaction that also attaches it, so that a killed load leaves nothing.
CREATE FUNCTION ops.create_day(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    day_table TEXT := ops.day_table(of_dataset, of_day);
    parent TEXT := (SELECT table_name FROM ops.dataset WHERE dataset = of_dataset);
BEGIN
    PERFORM ops.require_load_token(of_dataset, of_day, of_token);
    EXECUTE format('CREATE TABLE raw.%I (LIKE raw.%I)', day_table, parent);
    PERFORM ops.grant_to(format('SELECT, INSERT, DELETE ON raw.%I', day_table), 'jangbu_loader');
    RETURN day_table;
END
$$;
REVOKE ALL ON FUNCTION ops.create_day(TEXT, DATE, BIGINT) FROM PUBLIC;

-- Key and day constraint of a filled table apart; refuses when it does not hold the rows the ledger says.
CREATE FUNCTION ops.finish_day(
    of_dataset TEXT, of_day DATE, of_token BIGINT, expected_rows BIGINT
) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET maintenance_work_mem = '256MB'
AS $$
DECLARE
    day_table TEXT := ops.day_table(of_dataset, of_day);
    settings ops.dataset := (SELECT d FROM ops.dataset AS d WHERE d.dataset = of_dataset);
    counted BIGINT;
BEGIN
    PERFORM ops.require_load_token(of_dataset, of_day, of_token);
    EXECUTE format('SELECT count(*) FROM raw.%I', day_table) INTO counted;
    IF counted <> expected_rows THEN
        RAISE EXCEPTION '% rows in raw.% (expected: %)', counted, day_table, expected_rows;
    END IF;
    EXECUTE format('ALTER TABLE raw.%I ADD PRIMARY KEY (%s)', day_table, settings.key_columns);
    EXECUTE format(
        'ALTER TABLE raw.%I ADD CONSTRAINT of_day CHECK (%I IS NOT NULL AND %I >= %L AND %I < %L)',
        day_table, settings.day_column, settings.day_column, of_day, settings.day_column, of_day + 1
    );
END
$$;
REVOKE ALL ON FUNCTION ops.finish_day(TEXT, DATE, BIGINT, BIGINT) FROM PUBLIC;

-- The swap of a first load: short, so that it can be tried again when a lock is not to be had.
CREATE FUNCTION ops.attach_day(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    day_table TEXT := ops.day_table(of_dataset, of_day);
    parent TEXT := (SELECT table_name FROM ops.dataset WHERE dataset = of_dataset);
BEGIN
    PERFORM ops.require_load_token(of_dataset, of_day, of_token);
    EXECUTE format(
        'ALTER TABLE raw.%I ATTACH PARTITION raw.%I FOR VALUES FROM (%L) TO (%L)', parent, day_table, of_day, of_day + 1
    );
    EXECUTE format('ALTER TABLE raw.%I DROP CONSTRAINT of_day', day_table);
END
$$;
REVOKE ALL ON FUNCTION ops.attach_day(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE FUNCTION ops.analyze_day(of_dataset TEXT, of_day DATE) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET default_statistics_target = 50
AS $$
BEGIN
    EXECUTE format('ANALYZE raw.%I', ops.day_table(of_dataset, of_day));
END
$$;
REVOKE ALL ON FUNCTION ops.analyze_day(TEXT, DATE) FROM PUBLIC;

SELECT ops.grant_to('SELECT ON ops.dataset', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'create_day(TEXT, DATE, BIGINT)', 'finish_day(TEXT, DATE, BIGINT, BIGINT)',
    'attach_day(TEXT, DATE, BIGINT)', 'analyze_day(TEXT, DATE)'
]) AS signature;
