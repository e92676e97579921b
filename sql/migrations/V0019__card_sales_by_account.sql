-- Why: the first sales of an account are a million rows and more. Each account gets a part of
-- raw.card_sale of its own: two sessions fill it and make its indexes while nobody sees it, then it is
-- attached. Keys that are alike in all rows of a part, such as the account, stand last in an index or
-- not in it at all: sorting by what differs takes a third of the time.
ALTER TABLE raw.card_sale RENAME TO card_sale_before;
-- What every row has and is of one length stands first: the indexes and the marts find it without
-- going through the texts before it.
CREATE TABLE raw.card_sale (
    sale_id BIGINT NOT NULL,
    store_id BIGINT NOT NULL,
    sold_at TIMESTAMPTZ NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    sale_date DATE NOT NULL,
    is_canceled BOOLEAN NOT NULL,
    vanished_at TIMESTAMPTZ,
    created TIMESTAMPTZ,
    modified TIMESTAMPTZ,
    will_deposited_at TIMESTAMPTZ,
    daily_sale_id BIGINT,
    amount_sale NUMERIC(14, 2) NOT NULL,
    amount_fee NUMERIC(14, 2),
    amount_deposit NUMERIC(14, 2),
    account_id TEXT NOT NULL,
    card_key TEXT,
    num_approval TEXT,
    remark TEXT,
    card_company TEXT,
    result_msg TEXT,
    card_category TEXT,
    card_number TEXT,
    raw_data TEXT,
    platform TEXT,
    result_code TEXT,
    extra_payment_id TEXT,
    detail_status TEXT,
    processing_status TEXT,
    source_hash TEXT NOT NULL,
    loaded_run_id TEXT NOT NULL DEFAULT CURRENT_SETTING('jangbu.run_id')
) PARTITION BY LIST (account_id);
DO $$
DECLARE
    held RECORD;
BEGIN
    FOR held IN
        SELECT a.attname, col_description(a.attrelid, a.attnum) AS told
        FROM pg_attribute AS a
        WHERE a.attrelid = 'raw.card_sale_before'::REGCLASS AND a.attnum > 0 AND NOT a.attisdropped
    LOOP
        EXECUTE format('COMMENT ON COLUMN raw.card_sale.%I IS %L', held.attname, held.told);
    END LOOP;
END
$$;
COMMENT ON TABLE raw.card_sale IS
'Payments by card, one row a payment and account; the newest version that was read. A partition an account.';

CREATE FUNCTION ops.card_sale_part(of_account TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog
AS $$
    SELECT 'card_sale_' || translate(left(of_account, 30), '-', '_') || '_' || left(md5(of_account), 8)
$$;
COMMENT ON FUNCTION ops.card_sale_part(TEXT) IS
'Name, in schema raw, of the partition that holds an account''s card sales.';
REVOKE ALL ON FUNCTION ops.card_sale_part(TEXT) FROM PUBLIC;

-- Attaching, unlike making a partition in place, keeps no reader waiting.
CREATE FUNCTION ops.make_card_sale_part(of_account TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    part TEXT := ops.card_sale_part(of_account);
BEGIN
    IF to_regclass(format('raw.%I', part)) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE raw.%I (LIKE raw.card_sale INCLUDING DEFAULTS)', part);
    EXECUTE format('ALTER TABLE raw.card_sale ATTACH PARTITION raw.%I FOR VALUES IN (%L)', part, of_account);
END
$$;
COMMENT ON FUNCTION ops.make_card_sale_part(TEXT) IS
'Makes the partition of an account''s card sales, where there is none.';
REVOKE ALL ON FUNCTION ops.make_card_sale_part(TEXT) FROM PUBLIC;

SELECT ops.make_card_sale_part(held.account_id)
FROM (SELECT DISTINCT account_id FROM raw.card_sale_before) AS held;
INSERT INTO raw.card_sale (
    sale_id,
    store_id,
    sold_at,
    observed_at,
    sale_date,
    is_canceled,
    vanished_at,
    created,
    modified,
    will_deposited_at,
    daily_sale_id,
    amount_sale,
    amount_fee,
    amount_deposit,
    account_id,
    card_key,
    num_approval,
    remark,
    card_company,
    result_msg,
    card_category,
    card_number,
    raw_data,
    platform,
    result_code,
    extra_payment_id,
    detail_status,
    processing_status,
    source_hash,
    loaded_run_id
)
SELECT
    sale_id,
    store_id,
    sold_at,
    observed_at,
    sale_date,
    is_canceled,
    vanished_at,
    created,
    modified,
    will_deposited_at,
    daily_sale_id,
    amount_sale,
    amount_fee,
    amount_deposit,
    account_id,
    card_key,
    num_approval,
    remark,
    card_company,
    result_msg,
    card_category,
    card_number,
    raw_data,
    platform,
    result_code,
    extra_payment_id,
    detail_status,
    processing_status,
    source_hash,
    loaded_run_id
FROM raw.card_sale_before;

CREATE OR REPLACE VIEW ops.v_stored_card_sale AS
SELECT
    account_id,
    sale_id,
    created,
    modified,
    num_approval,
    card_company,
    card_category,
    amount_sale,
    amount_fee,
    amount_deposit,
    is_canceled,
    sold_at,
    will_deposited_at,
    platform,
    daily_sale_id,
    store_id,
    result_code,
    result_msg,
    extra_payment_id,
    detail_status,
    processing_status,
    sale_date,
    observed_at,
    vanished_at
FROM raw.card_sale;

CREATE OR REPLACE VIEW raw.v_counted_card_sale AS
SELECT
    account.tenant_id,
    sale.account_id,
    sale.sale_id,
    sale.store_id,
    sale.sold_at,
    sale.sale_date,
    CAST(DATE_PART('hour', sale.sold_at AT TIME ZONE 'Asia/Seoul') AS INTEGER) AS hour_of_day,
    sale.amount_sale,
    sale.card_key,
    sale.is_canceled,
    NOT sale.is_canceled AND sale.amount_sale >= 0 AS is_payment,
    NOT sale.is_canceled AND sale.amount_sale < 0 AS is_refund
FROM raw.card_sale AS sale
INNER JOIN ops.account AS account ON sale.account_id = account.account_id
WHERE sale.vanished_at IS NULL;

DROP TABLE raw.card_sale_before;
ALTER TABLE raw.card_sale ADD PRIMARY KEY (sale_id, account_id);
CREATE INDEX card_sale_day ON raw.card_sale (sale_date, store_id);
CREATE INDEX card_sale_store ON raw.card_sale (store_id, sold_at);
CREATE INDEX card_sale_card ON raw.card_sale (card_key, sold_at);
-- Each of these serves one way to go through sales from the newest on, and pages by key.
CREATE INDEX card_sale_newest ON raw.card_sale (sold_at, sale_id);
CREATE INDEX card_sale_text ON raw.card_sale (
    raw.card_text_key(remark, card_company, result_msg), sold_at
);
CREATE INDEX card_sale_approval ON raw.card_sale (num_approval text_pattern_ops);

-- A first load gathers the texts of its rows itself: ops.keep_texts_of_first_sales.
CREATE TRIGGER keep_texts_of_new AFTER INSERT ON raw.card_sale
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_card_texts();
CREATE TRIGGER keep_texts_of_changed AFTER UPDATE ON raw.card_sale
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_card_texts();

SELECT ops.grant_to('SELECT ON raw.card_sale', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('INSERT, UPDATE ON raw.card_sale', 'jangbu_loader');
SELECT ops.grant_to(
    'SELECT (account_id, sale_id, created, modified, remark, num_approval, card_company, '
    || 'card_category, card_number, card_key, amount_sale, amount_fee, amount_deposit, '
    || 'is_canceled, sold_at, will_deposited_at, platform, daily_sale_id, store_id, '
    || 'result_code, result_msg, extra_payment_id, detail_status, '
    || 'processing_status, sale_date, observed_at, vanished_at) ON raw.card_sale',
    'jangbu_search'
);

-- What a first load filled before it was all done in the load's own transaction.
DROP FUNCTION ops.begin_first_load(TEXT);
DROP FUNCTION ops.end_first_load();
DROP TABLE ops.index_to_make;

CREATE FUNCTION ops.require_account_load_token(
    of_dataset TEXT, of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS VOID
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM ops.run_lock
    WHERE job = 'load-job' AND dataset = of_dataset AND slice = of_account
        AND business_date = of_day AND token = of_token;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'token % does not hold the load of % of % for %', of_token, of_dataset, of_account, of_day
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.require_account_load_token(TEXT, TEXT, DATE, BIGINT) FROM PUBLIC;

-- Only the load that holds the account's place may call it: what else is there is of killed loads.
CREATE FUNCTION ops.drop_first_sales(of_account TEXT, of_day DATE, of_token BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    leftover NAME;
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    FOR leftover IN
        SELECT c.relname
        FROM pg_class AS c
        WHERE
            c.relnamespace = 'raw'::REGNAMESPACE
            AND c.relkind = 'r'
            AND NOT c.relispartition
            AND c.relname ~ ('^' || ops.card_sale_part(of_account) || '_t[0-9]+$')
    LOOP
        EXECUTE format('DROP TABLE raw.%I', leftover);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ops.drop_first_sales(TEXT, DATE, BIGINT) IS
'Drops what first loads of an account''s card sales filled and never attached.';
REVOKE ALL ON FUNCTION ops.drop_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE FUNCTION ops.create_first_sales(of_account TEXT, of_day DATE, of_token BIGINT) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unattached TEXT := ops.card_sale_part(of_account) || '_t' || of_token;
BEGIN
    PERFORM ops.drop_first_sales(of_account, of_day, of_token);
    EXECUTE format('CREATE TABLE raw.%I (LIKE raw.card_sale INCLUDING DEFAULTS)', unattached);
    PERFORM ops.grant_to(format('SELECT, INSERT ON raw.%I', unattached), 'jangbu_loader');
    RETURN unattached;
END
$$;
COMMENT ON FUNCTION ops.create_first_sales(TEXT, DATE, BIGINT) IS
'Makes the table that a first load of an account''s card sales fills before it attaches it, and returns its name.';
REVOKE ALL ON FUNCTION ops.create_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

-- One index of raw.card_sale on the table apart. Several sessions make several at once, each on its
-- own processor.
CREATE FUNCTION ops.index_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT, like_index TEXT
) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET maintenance_work_mem = '192MB'
SET max_parallel_maintenance_workers = 0
AS $$
DECLARE
    part TEXT := ops.card_sale_part(of_account);
    definition TEXT := (
        SELECT pg_get_indexdef(i.indexrelid)
        FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = 'raw.card_sale'::REGCLASS AND c.relname = like_index
    );
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    EXECUTE replace(
        definition,
        format(' %I ON ONLY raw.card_sale ', like_index),
        format(' %I ON raw.%I ', part || substr(like_index, length('card_sale') + 1), part || '_t' || of_token)
    );
END
$$;
COMMENT ON FUNCTION ops.index_first_sales(TEXT, DATE, BIGINT, TEXT) IS
'Makes, of a table that is not attached yet, the index that is like one of raw.card_sale.';
REVOKE ALL ON FUNCTION ops.index_first_sales(TEXT, DATE, BIGINT, TEXT) FROM PUBLIC;

CREATE FUNCTION ops.attach_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT, expected_rows BIGINT
) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unattached TEXT := ops.card_sale_part(of_account) || '_t' || of_token;
    part TEXT := ops.card_sale_part(of_account);
    counted BIGINT;
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    -- From here on nobody else writes into it; what is counted is what is attached.
    EXECUTE format('ALTER TABLE raw.%I RENAME TO %I', unattached, part);
    EXECUTE format('SELECT count(*) FROM raw.%I', part) INTO counted;
    IF counted <> expected_rows THEN
        RAISE EXCEPTION '% rows in raw.% (expected: %)', counted, part, expected_rows;
    END IF;
    EXECUTE format('ALTER TABLE raw.%I ADD PRIMARY KEY USING INDEX %I', part, part || '_pkey');
    EXECUTE format('ALTER TABLE raw.card_sale ATTACH PARTITION raw.%I FOR VALUES IN (%L)', part, of_account);
END
$$;
COMMENT ON FUNCTION ops.attach_first_sales(TEXT, DATE, BIGINT, BIGINT) IS
'Makes a filled and indexed table the partition of an account''s card sales.';
REVOKE ALL ON FUNCTION ops.attach_first_sales(TEXT, DATE, BIGINT, BIGINT) FROM PUBLIC;

-- In an order: two loads that have the same texts wait for each other, and never both.
CREATE FUNCTION ops.keep_texts_of_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET work_mem = '64MB'
AS $$
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    EXECUTE format(
        'INSERT INTO raw.card_text (text_key, remark, card_company, result_msg)
        SELECT raw.card_text_key(fresh.remark, fresh.card_company, fresh.result_msg),
            fresh.remark, fresh.card_company, fresh.result_msg
        FROM (SELECT DISTINCT remark, card_company, result_msg FROM raw.%I) AS fresh
        ORDER BY 1
        ON CONFLICT (text_key) DO NOTHING',
        ops.card_sale_part(of_account) || '_t' || of_token
    );
END
$$;
COMMENT ON FUNCTION ops.keep_texts_of_first_sales(TEXT, DATE, BIGINT) IS
'Puts the texts of a table that is not attached yet into raw.card_text.';
REVOKE ALL ON FUNCTION ops.keep_texts_of_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE FUNCTION ops.days_of_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS TABLE (store_id BIGINT, sale_date DATE, first_seen_at TIMESTAMPTZ)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET work_mem = '64MB'
AS $$
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    RETURN QUERY EXECUTE format(
        'SELECT store_id, sale_date, min(observed_at) FROM raw.%I GROUP BY store_id, sale_date',
        ops.card_sale_part(of_account) || '_t' || of_token
    );
END
$$;
COMMENT ON FUNCTION ops.days_of_first_sales(TEXT, DATE, BIGINT) IS
'The stores and days of a table that is not attached yet, and when the first sale of each was read.';
REVOKE ALL ON FUNCTION ops.days_of_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE FUNCTION ops.others_in_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS TABLE (other_rows BIGINT, other_account TEXT)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    RETURN QUERY EXECUTE format(
        'SELECT count(*), min(account_id) FROM raw.%I WHERE account_id <> $1',
        ops.card_sale_part(of_account) || '_t' || of_token
    ) USING of_account;
END
$$;
COMMENT ON FUNCTION ops.others_in_first_sales(TEXT, DATE, BIGINT) IS
'How many rows of a table that is not attached yet are another account''s, and whose; one row.';
REVOKE ALL ON FUNCTION ops.others_in_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

-- A few sales more of one account are no reason to look at those of all others.
CREATE FUNCTION ops.analyze_account(of_dataset TEXT, of_account TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    part TEXT := format('raw.%I', ops.card_sale_part(of_account));
BEGIN
    IF of_dataset <> 'card-sales' OR to_regclass(part) IS NULL THEN
        PERFORM ops.analyze_dataset(of_dataset);
        RETURN;
    END IF;
    EXECUTE 'ANALYZE ' || part;
    ANALYZE raw.card_sale_history;
    ANALYZE raw.card_store;
END
$$;
COMMENT ON FUNCTION ops.analyze_account(TEXT, TEXT) IS
'Refreshes the planner''s statistics of what a load of an account changed.';
REVOKE ALL ON FUNCTION ops.analyze_account(TEXT, TEXT) FROM PUBLIC;

SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'analyze_account(TEXT, TEXT)',
    'card_sale_part(TEXT)',
    'make_card_sale_part(TEXT)',
    'drop_first_sales(TEXT, DATE, BIGINT)',
    'create_first_sales(TEXT, DATE, BIGINT)',
    'index_first_sales(TEXT, DATE, BIGINT, TEXT)',
    'attach_first_sales(TEXT, DATE, BIGINT, BIGINT)',
    'days_of_first_sales(TEXT, DATE, BIGINT)',
    'others_in_first_sales(TEXT, DATE, BIGINT)',
    'keep_texts_of_first_sales(TEXT, DATE, BIGINT)'
]) AS signature;
