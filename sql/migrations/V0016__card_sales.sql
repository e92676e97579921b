-- Why: what stores take by card, row by row as an operational database or files have it, so that a
-- store's usual sales are known and a sale that does not fit is seen. Rows change after they were
-- made: they are merged by key, what they were before is kept.
INSERT INTO ops.channel (channel_code, name_ko, sells)
VALUES ('MYSQL', 'MySQL 데이터베이스', FALSE);
COMMENT ON COLUMN ops.channel.channel_code IS
'CAFE24, NAVER, ABLY or GA4; FILE for what comes as a file; MYSQL for a table of card sales.';
COMMENT ON COLUMN ops.channel.sells IS
'Whether it has orders; analytics has visits only, a table of card sales payments only.';
COMMENT ON COLUMN mart.v_sales_freshness.channel_code IS
'CAFE24, NAVER, ABLY, GA4, FILE or MYSQL.';
COMMENT ON COLUMN mart.v_sales_freshness.dataset IS
'orders, refunds, products, coupons, web-traffic or card-sales.';

CREATE TABLE raw.card_store (
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    store_id BIGINT NOT NULL,
    name TEXT,
    first_seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, store_id)
);
COMMENT ON TABLE raw.card_store IS
'Stores that took a card, one row a store and account; derived from the sales by load-job.';
COMMENT ON COLUMN raw.card_store.account_id IS
'The account its sales were read through.';
COMMENT ON COLUMN raw.card_store.store_id IS
'The source''s; of files, the first 63 bits of the hash of the merchant''s name.';
COMMENT ON COLUMN raw.card_store.name IS
'The merchant''s name in files; NULL where the source gives none.';
COMMENT ON COLUMN raw.card_store.first_seen_at IS
'When a sale of it was first read.';

-- No foreign key to the account: a first load copies straight into this table, and a million
-- look-ups would take longer than the copy. The load refuses other accounts' rows; each store has the key.
CREATE TABLE raw.card_sale (
    account_id TEXT NOT NULL,
    sale_id BIGINT NOT NULL,
    created TIMESTAMPTZ,
    modified TIMESTAMPTZ,
    remark TEXT,
    num_approval TEXT,
    card_company TEXT,
    card_category TEXT,
    card_number TEXT,
    card_key TEXT,
    amount_sale NUMERIC(14, 2) NOT NULL,
    amount_fee NUMERIC(14, 2),
    amount_deposit NUMERIC(14, 2),
    is_canceled BOOLEAN NOT NULL,
    sold_at TIMESTAMPTZ NOT NULL,
    will_deposited_at TIMESTAMPTZ,
    raw_data TEXT,
    platform TEXT,
    daily_sale_id BIGINT,
    store_id BIGINT NOT NULL,
    result_code TEXT,
    result_msg TEXT,
    extra_payment_id TEXT,
    detail_status TEXT,
    processing_status TEXT,
    sale_date DATE NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    vanished_at TIMESTAMPTZ,
    loaded_run_id TEXT NOT NULL DEFAULT CURRENT_SETTING('jangbu.run_id'),
    PRIMARY KEY (account_id, sale_id)
);
CREATE INDEX ON raw.card_sale (sale_date, store_id);
CREATE INDEX ON raw.card_sale (account_id, store_id, sold_at);
CREATE INDEX ON raw.card_sale (card_key, sold_at);
COMMENT ON TABLE raw.card_sale IS
'Payments by card, one row a payment and account; the newest version that was read.';
COMMENT ON COLUMN raw.card_sale.account_id IS
'The account it was read through: a database, or files.';
COMMENT ON COLUMN raw.card_sale.sale_id IS
'The source''s key; of files, the first 63 bits of the hash of the row and its ordinal among equal ones.';
COMMENT ON COLUMN raw.card_sale.created IS
'When the source wrote the row; NULL in files.';
COMMENT ON COLUMN raw.card_sale.modified IS
'When the source last changed it; NULL in files.';
COMMENT ON COLUMN raw.card_sale.remark IS
'Free text of the source.';
COMMENT ON COLUMN raw.card_sale.num_approval IS
'The approval number; of files, the number of the transaction.';
COMMENT ON COLUMN raw.card_sale.card_company IS
'Who issued the card.';
COMMENT ON COLUMN raw.card_sale.card_category IS
'Kind of the card, such as credit or check.';
COMMENT ON COLUMN raw.card_sale.card_number IS
'Masked: at most the first six and the last four digits.';
COMMENT ON COLUMN raw.card_sale.card_key IS
'64 hexadecimal digits: HMAC-SHA-256 of the number as the source has it, under the tenant''s key; equal for the same card.';
COMMENT ON COLUMN raw.card_sale.amount_sale IS
'What was paid, won; negative in files where it was refunded.';
COMMENT ON COLUMN raw.card_sale.amount_fee IS
'What the card company keeps.';
COMMENT ON COLUMN raw.card_sale.amount_deposit IS
'What it pays out: amount_sale less amount_fee.';
COMMENT ON COLUMN raw.card_sale.is_canceled IS
'Whether the payment was cancelled.';
COMMENT ON COLUMN raw.card_sale.sold_at IS
'When it was paid.';
COMMENT ON COLUMN raw.card_sale.will_deposited_at IS
'When it is to be paid out.';
COMMENT ON COLUMN raw.card_sale.raw_data IS
'What the source keeps of the terminal''s message, card numbers masked.';
COMMENT ON COLUMN raw.card_sale.platform IS
'Where the source has it from.';
COMMENT ON COLUMN raw.card_sale.daily_sale_id IS
'The source''s sum of the day it belongs to.';
COMMENT ON COLUMN raw.card_sale.store_id IS
'The source''s; of files, the first 63 bits of the hash of the merchant''s name.';
COMMENT ON COLUMN raw.card_sale.result_code IS
'What the card company answered.';
COMMENT ON COLUMN raw.card_sale.result_msg IS
'The same in words.';
COMMENT ON COLUMN raw.card_sale.extra_payment_id IS
'Another key of the payment at the source.';
COMMENT ON COLUMN raw.card_sale.detail_status IS
'In the source''s words.';
COMMENT ON COLUMN raw.card_sale.processing_status IS
'In the source''s words.';
COMMENT ON COLUMN raw.card_sale.sale_date IS
'Business date of sold_at (Asia/Seoul).';
COMMENT ON COLUMN raw.card_sale.source_hash IS
'SHA-256 of the row as it was read, without observed_at: equal for equal content.';
COMMENT ON COLUMN raw.card_sale.observed_at IS
'When this content was last read: the instant the source was read at.';
COMMENT ON COLUMN raw.card_sale.vanished_at IS
'When the source was seen to have the row no more; NULL while it has it. Vanished rows are in no mart.';
COMMENT ON COLUMN raw.card_sale.loaded_run_id IS
'The run of load-job that last changed the row.';

CREATE TABLE raw.card_sale_history (
    account_id TEXT NOT NULL,
    sale_id BIGINT NOT NULL,
    created TIMESTAMPTZ,
    modified TIMESTAMPTZ,
    remark TEXT,
    num_approval TEXT,
    card_company TEXT,
    card_category TEXT,
    card_number TEXT,
    card_key TEXT,
    amount_sale NUMERIC(14, 2) NOT NULL,
    amount_fee NUMERIC(14, 2),
    amount_deposit NUMERIC(14, 2),
    is_canceled BOOLEAN NOT NULL,
    sold_at TIMESTAMPTZ NOT NULL,
    will_deposited_at TIMESTAMPTZ,
    raw_data TEXT,
    platform TEXT,
    daily_sale_id BIGINT,
    store_id BIGINT NOT NULL,
    result_code TEXT,
    result_msg TEXT,
    extra_payment_id TEXT,
    detail_status TEXT,
    processing_status TEXT,
    sale_date DATE NOT NULL,
    source_hash TEXT NOT NULL,
    observed_at TIMESTAMPTZ NOT NULL,
    vanished_at TIMESTAMPTZ,
    loaded_run_id TEXT NOT NULL,
    replaced_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    replaced_by_run_id TEXT NOT NULL,
    PRIMARY KEY (account_id, sale_id, replaced_by_run_id)
);
CREATE INDEX ON raw.card_sale_history (sale_date);
COMMENT ON TABLE raw.card_sale_history IS
'What rows of raw.card_sale were before they were replaced, one row a replacement.';
COMMENT ON COLUMN raw.card_sale_history.account_id IS
'The account it was read through: a database, or files.';
COMMENT ON COLUMN raw.card_sale_history.sale_id IS
'The source''s key; of files, the first 63 bits of the hash of the row and its ordinal among equal ones.';
COMMENT ON COLUMN raw.card_sale_history.created IS
'When the source wrote the row; NULL in files.';
COMMENT ON COLUMN raw.card_sale_history.modified IS
'When the source last changed it; NULL in files.';
COMMENT ON COLUMN raw.card_sale_history.remark IS
'Free text of the source.';
COMMENT ON COLUMN raw.card_sale_history.num_approval IS
'The approval number; of files, the number of the transaction.';
COMMENT ON COLUMN raw.card_sale_history.card_company IS
'Who issued the card.';
COMMENT ON COLUMN raw.card_sale_history.card_category IS
'Kind of the card, such as credit or check.';
COMMENT ON COLUMN raw.card_sale_history.card_number IS
'Masked: at most the first six and the last four digits.';
COMMENT ON COLUMN raw.card_sale_history.card_key IS
'64 hexadecimal digits: HMAC-SHA-256 of the number as the source has it, under the tenant''s key; equal for the same card.';
COMMENT ON COLUMN raw.card_sale_history.amount_sale IS
'What was paid, won; negative in files where it was refunded.';
COMMENT ON COLUMN raw.card_sale_history.amount_fee IS
'What the card company keeps.';
COMMENT ON COLUMN raw.card_sale_history.amount_deposit IS
'What it pays out: amount_sale less amount_fee.';
COMMENT ON COLUMN raw.card_sale_history.is_canceled IS
'Whether the payment was cancelled.';
COMMENT ON COLUMN raw.card_sale_history.sold_at IS
'When it was paid.';
COMMENT ON COLUMN raw.card_sale_history.will_deposited_at IS
'When it is to be paid out.';
COMMENT ON COLUMN raw.card_sale_history.raw_data IS
'What the source keeps of the terminal''s message, card numbers masked.';
COMMENT ON COLUMN raw.card_sale_history.platform IS
'Where the source has it from.';
COMMENT ON COLUMN raw.card_sale_history.daily_sale_id IS
'The source''s sum of the day it belongs to.';
COMMENT ON COLUMN raw.card_sale_history.store_id IS
'The source''s; of files, the first 63 bits of the hash of the merchant''s name.';
COMMENT ON COLUMN raw.card_sale_history.result_code IS
'What the card company answered.';
COMMENT ON COLUMN raw.card_sale_history.result_msg IS
'The same in words.';
COMMENT ON COLUMN raw.card_sale_history.extra_payment_id IS
'Another key of the payment at the source.';
COMMENT ON COLUMN raw.card_sale_history.detail_status IS
'In the source''s words.';
COMMENT ON COLUMN raw.card_sale_history.processing_status IS
'In the source''s words.';
COMMENT ON COLUMN raw.card_sale_history.sale_date IS
'Business date of sold_at (Asia/Seoul).';
COMMENT ON COLUMN raw.card_sale_history.source_hash IS
'SHA-256 of the row as it was read, without observed_at: equal for equal content.';
COMMENT ON COLUMN raw.card_sale_history.observed_at IS
'When this content was last read: the instant the source was read at.';
COMMENT ON COLUMN raw.card_sale_history.vanished_at IS
'When the source was seen to have the row no more; NULL while it has it. Vanished rows are in no mart.';
COMMENT ON COLUMN raw.card_sale_history.loaded_run_id IS
'The run of load-job that last changed the row.';
COMMENT ON COLUMN raw.card_sale_history.replaced_at IS
'When another version took its place.';
COMMENT ON COLUMN raw.card_sale_history.replaced_by_run_id IS
'The run of load-job that replaced it.';

CREATE TABLE ops.card_month_difference (
    run_id TEXT NOT NULL,
    month_start DATE NOT NULL,
    account_id TEXT NOT NULL REFERENCES ops.account (account_id),
    load_date DATE NOT NULL,
    stored_rows BIGINT NOT NULL,
    source_rows BIGINT NOT NULL,
    stored_checksum TEXT NOT NULL,
    source_checksum TEXT NOT NULL,
    brought BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    vanished BIGINT NOT NULL,
    found_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (run_id, month_start)
);
COMMENT ON TABLE ops.card_month_difference IS
'Months of which the weekly comparison found other sales at the source than were stored, and what of them the load mended.';
COMMENT ON COLUMN ops.card_month_difference.run_id IS
'The run of load-job that mended them.';
COMMENT ON COLUMN ops.card_month_difference.month_start IS
'First day of the month of sold_at (Asia/Seoul).';
COMMENT ON COLUMN ops.card_month_difference.account_id IS
'The account.';
COMMENT ON COLUMN ops.card_month_difference.load_date IS
'The business date the comparison was for.';
COMMENT ON COLUMN ops.card_month_difference.stored_rows IS
'Sales that were stored and had not vanished.';
COMMENT ON COLUMN ops.card_month_difference.source_rows IS
'Sales the source has.';
COMMENT ON COLUMN ops.card_month_difference.stored_checksum IS
'Of what was stored.';
COMMENT ON COLUMN ops.card_month_difference.source_checksum IS
'Of what the source has; computed alike.';
COMMENT ON COLUMN ops.card_month_difference.brought IS
'Sales that were missing here.';
COMMENT ON COLUMN ops.card_month_difference.changed IS
'Sales that were something else here.';
COMMENT ON COLUMN ops.card_month_difference.returned IS
'Sales the source has again that were marked as vanished.';
COMMENT ON COLUMN ops.card_month_difference.vanished IS
'Sales the source has no more, marked so and kept.';
COMMENT ON COLUMN ops.card_month_difference.found_at IS
'When the load wrote this row.';

-- The weekly comparison asks what is stored; who paid, and with which card, is not its matter.
CREATE VIEW ops.v_stored_card_sale AS
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
COMMENT ON VIEW ops.v_stored_card_sale IS
'Card sales as they are stored, without the card and free text; the weekly comparison reads it.';
COMMENT ON COLUMN ops.v_stored_card_sale.account_id IS
'The account it was read through: a database, or files.';
COMMENT ON COLUMN ops.v_stored_card_sale.sale_id IS
'The source''s key; of files, the first 63 bits of the hash of the row and its ordinal among equal ones.';
COMMENT ON COLUMN ops.v_stored_card_sale.created IS
'When the source wrote the row; NULL in files.';
COMMENT ON COLUMN ops.v_stored_card_sale.modified IS
'When the source last changed it; NULL in files.';
COMMENT ON COLUMN ops.v_stored_card_sale.num_approval IS
'The approval number; of files, the number of the transaction.';
COMMENT ON COLUMN ops.v_stored_card_sale.card_company IS
'Who issued the card.';
COMMENT ON COLUMN ops.v_stored_card_sale.card_category IS
'Kind of the card, such as credit or check.';
COMMENT ON COLUMN ops.v_stored_card_sale.amount_sale IS
'What was paid, won; negative in files where it was refunded.';
COMMENT ON COLUMN ops.v_stored_card_sale.amount_fee IS
'What the card company keeps.';
COMMENT ON COLUMN ops.v_stored_card_sale.amount_deposit IS
'What it pays out: amount_sale less amount_fee.';
COMMENT ON COLUMN ops.v_stored_card_sale.is_canceled IS
'Whether the payment was cancelled.';
COMMENT ON COLUMN ops.v_stored_card_sale.sold_at IS
'When it was paid.';
COMMENT ON COLUMN ops.v_stored_card_sale.will_deposited_at IS
'When it is to be paid out.';
COMMENT ON COLUMN ops.v_stored_card_sale.platform IS
'Where the source has it from.';
COMMENT ON COLUMN ops.v_stored_card_sale.daily_sale_id IS
'The source''s sum of the day it belongs to.';
COMMENT ON COLUMN ops.v_stored_card_sale.store_id IS
'The source''s; of files, the first 63 bits of the hash of the merchant''s name.';
COMMENT ON COLUMN ops.v_stored_card_sale.result_code IS
'What the card company answered.';
COMMENT ON COLUMN ops.v_stored_card_sale.result_msg IS
'The same in words.';
COMMENT ON COLUMN ops.v_stored_card_sale.extra_payment_id IS
'Another key of the payment at the source.';
COMMENT ON COLUMN ops.v_stored_card_sale.detail_status IS
'In the source''s words.';
COMMENT ON COLUMN ops.v_stored_card_sale.processing_status IS
'In the source''s words.';
COMMENT ON COLUMN ops.v_stored_card_sale.sale_date IS
'Business date of sold_at (Asia/Seoul).';
COMMENT ON COLUMN ops.v_stored_card_sale.observed_at IS
'When this content was last read: the instant the source was read at.';
COMMENT ON COLUMN ops.v_stored_card_sale.vanished_at IS
'When the source was seen to have the row no more; NULL while it has it. Vanished rows are in no mart.';

INSERT INTO ops.dataset (dataset, table_name, day_column, key_columns, load_method)
VALUES ('card-sales', 'card_sale', 'sale_date', 'account_id, sale_id', 'merge_window');

CREATE TABLE ops.index_to_make (
    index_name TEXT PRIMARY KEY,
    definition TEXT NOT NULL
);
COMMENT ON TABLE ops.index_to_make IS
'Indexes a first load of card sales goes without; there are rows only within its transaction.';
COMMENT ON COLUMN ops.index_to_make.index_name IS 'The index.';
COMMENT ON COLUMN ops.index_to_make.definition IS 'The statement that makes it.';

-- While nobody has rows in it, indexes cost more to keep up than to make, and rows of a table that is
-- new in the transaction need no log where the server keeps none. Only an owner may do so.
CREATE FUNCTION ops.begin_first_load(of_dataset TEXT) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    found RECORD;
BEGIN
    IF of_dataset <> 'card-sales' OR EXISTS (SELECT 1 FROM raw.card_sale) THEN
        RETURN FALSE;
    END IF;
    LOCK TABLE raw.card_sale IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT 1 FROM raw.card_sale) THEN
        RAISE EXCEPTION 'another account was first';
    END IF;
    TRUNCATE raw.card_sale;
    FOR found IN
        SELECT c.relname, pg_get_indexdef(c.oid) AS definition
        FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
        WHERE i.indrelid = 'raw.card_sale'::REGCLASS AND NOT i.indisunique
        ORDER BY c.relname
    LOOP
        INSERT INTO ops.index_to_make (index_name, definition) VALUES (found.relname, found.definition);
        EXECUTE format('DROP INDEX raw.%I', found.relname);
    END LOOP;
    RETURN TRUE;
EXCEPTION WHEN raise_exception OR feature_not_supported THEN
    -- Also gives the lock back. A table that others refer to is not emptied so.
    RETURN FALSE;
END
$$;
COMMENT ON FUNCTION ops.begin_first_load(TEXT) IS
'Makes ready for the first rows of card sales, where there are none: without the indexes that end_first_load makes again. Returns whether it did.';
REVOKE ALL ON FUNCTION ops.begin_first_load(TEXT) FROM PUBLIC;

CREATE FUNCTION ops.end_first_load() RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    found RECORD;
BEGIN
    FOR found IN DELETE FROM ops.index_to_make RETURNING definition
    LOOP
        EXECUTE found.definition;
    END LOOP;
END
$$;
COMMENT ON FUNCTION ops.end_first_load() IS
'Makes the indexes that a first load went without.';
REVOKE ALL ON FUNCTION ops.end_first_load() FROM PUBLIC;
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.begin_first_load(TEXT)', 'jangbu_loader');
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.end_first_load()', 'jangbu_loader');

-- As it was, with the tables of card sales.
CREATE OR REPLACE FUNCTION ops.analyze_dataset(of_dataset TEXT) RETURNS VOID
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
        WHEN 'card_sale' THEN ARRAY['card_sale', 'card_sale_history', 'card_store']
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

-- As it was, with card sales: a sale goes with its day and what it was before.
CREATE OR REPLACE FUNCTION ops.drop_merged_day(of_dataset TEXT, of_day DATE) RETURNS BIGINT
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    removed BIGINT := 0;
    buyers TEXT[];
    gone BIGINT;
BEGIN
    IF of_dataset = 'orders' THEN
        WITH outdated AS MATERIALIZED (
            SELECT old.account_id, old.order_id FROM ops.order_days_before(of_day + 1) AS old WHERE old.last_day = of_day
        ),
        item AS (
            DELETE FROM raw.order_item AS t USING outdated
            WHERE t.account_id = outdated.account_id AND t.order_id = outdated.order_id
            RETURNING t.account_id, t.item_id
        ),
        history AS (
            DELETE FROM raw.order_item_status_history AS t USING item
            WHERE t.account_id = item.account_id AND t.item_id = item.item_id
            RETURNING 1
        ),
        used AS (
            DELETE FROM raw.order_coupon AS t USING outdated
            WHERE t.account_id = outdated.account_id AND t.order_id = outdated.order_id
            RETURNING 1
        ),
        placed AS (
            DELETE FROM raw.sales_order AS t USING outdated
            WHERE t.account_id = outdated.account_id AND t.order_id = outdated.order_id
            RETURNING t.customer_key
        )
        SELECT
            (SELECT count(*) FROM item) + (SELECT count(*) FROM history) + (SELECT count(*) FROM used)
            + (SELECT count(*) FROM placed),
            (SELECT array_agg(DISTINCT placed.customer_key) FROM placed)
        INTO removed, buyers;
        DELETE FROM raw.customer AS t
        WHERE t.customer_key = ANY (buyers)
            AND NOT EXISTS (SELECT 1 FROM raw.sales_order AS placed WHERE placed.customer_key = t.customer_key);
        GET DIAGNOSTICS gone = ROW_COUNT;
        RETURN removed + gone;
    ELSIF of_dataset = 'refunds' THEN
        DELETE FROM raw.refund AS t WHERE ops.refund_day(t.completed_at, t.requested_at, t.observed_at) = of_day;
    ELSIF of_dataset = 'web-traffic' THEN
        WITH item AS (DELETE FROM raw.web_item_daily AS t WHERE t.traffic_date = of_day RETURNING 1),
        purchase AS (DELETE FROM raw.web_transaction AS t WHERE t.traffic_date = of_day RETURNING 1),
        visit AS (DELETE FROM raw.web_daily AS t WHERE t.traffic_date = of_day RETURNING 1)
        SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM purchase) + (SELECT count(*) FROM visit)
        INTO removed;
        RETURN removed;
    ELSIF of_dataset = 'card-sales' THEN
        WITH former AS (DELETE FROM raw.card_sale_history AS t WHERE t.sale_date = of_day RETURNING 1),
        sale AS (DELETE FROM raw.card_sale AS t WHERE t.sale_date = of_day RETURNING 1)
        SELECT (SELECT count(*) FROM former) + (SELECT count(*) FROM sale)
        INTO removed;
        RETURN removed;
    ELSE
        RAISE EXCEPTION 'dataset: % (expected: one whose rows have a day: orders, refunds, web-traffic, card-sales)', of_dataset;
    END IF;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;

-- As it was, with card sales.
CREATE OR REPLACE FUNCTION ops.days_out_of_time(
    of_place TEXT, of_dataset TEXT, before DATE
) RETURNS SETOF DATE
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    of_table REGCLASS := to_regclass(of_place);
    of_column TEXT := ops.day_column(of_table);
    kind ops.dataset := (SELECT d FROM ops.dataset AS d WHERE d.dataset = of_dataset);
    filter TEXT := '';
BEGIN
    IF of_place = 'raw.' || kind.table_name AND kind.load_method = 'replace_day' THEN
        -- Materialized: no other table's name is ever read as a day, whatever the plan.
        RETURN QUERY
        WITH partition AS MATERIALIZED (
            SELECT child.relname
            FROM pg_inherits AS tree JOIN pg_class AS child ON child.oid = tree.inhrelid
            WHERE tree.inhparent = of_table
        )
        SELECT to_date(right(partition.relname, 8), 'YYYYMMDD')
        FROM partition
        WHERE to_date(right(partition.relname, 8), 'YYYYMMDD') < before;
        RETURN;
    END IF;
    IF of_place = 'raw.' || kind.table_name THEN
        IF of_dataset = 'orders' THEN
            RETURN QUERY SELECT DISTINCT old.last_day FROM ops.order_days_before(before) AS old;
        ELSIF of_dataset = 'refunds' THEN
            RETURN QUERY
            SELECT DISTINCT paid.back_on
            FROM (
                SELECT ops.refund_day(t.completed_at, t.requested_at, t.observed_at) AS back_on
                FROM raw.refund AS t
            ) AS paid
            WHERE paid.back_on < before;
        ELSIF of_dataset = 'web-traffic' THEN
            RETURN QUERY
            SELECT t.traffic_date FROM raw.web_daily AS t WHERE t.traffic_date < before
            UNION
            SELECT t.traffic_date FROM raw.web_item_daily AS t WHERE t.traffic_date < before
            UNION
            SELECT t.traffic_date FROM raw.web_transaction AS t WHERE t.traffic_date < before;
        ELSIF of_dataset = 'card-sales' THEN
            RETURN QUERY
            SELECT t.sale_date FROM raw.card_sale AS t WHERE t.sale_date < before
            UNION
            SELECT t.sale_date FROM raw.card_sale_history AS t WHERE t.sale_date < before;
        END IF;
        RETURN;
    END IF;
    IF of_place = 'ops.touched_day' THEN
        RETURN QUERY
        SELECT DISTINCT t.load_date FROM ops.seen_days_before(of_dataset, before) AS t;
        RETURN;
    END IF;
    IF of_place IN (SELECT 'raw.' || d.table_name FROM ops.dataset AS d WHERE d.dataset <> of_dataset)
        OR of_place IN (SELECT 'mart.' || m.mart FROM ops.mart AS m WHERE m.dataset <> of_dataset)
    THEN
        RETURN;
    END IF;
    IF of_place !~ '^(mart\.mart_[a-z_]+|ops\.(rejected_record|quality_check_log|replay_log|pipeline_run_log))$' THEN
        RAISE EXCEPTION 'place: % (expected: a raw table, a mart, or one of ops that has days)', of_place;
    END IF;
    IF of_place LIKE 'ops.%' THEN
        filter := ' AND dataset = $2';
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT DISTINCT %I FROM %s WHERE %I < $1 %s', of_column, of_table, of_column, filter
    ) USING before, of_dataset;
END
$$;

-- As it was, with the card of payments: its key and what is shown of its number are taken off them.
CREATE OR REPLACE FUNCTION ops.forget_customer(of_key TEXT) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    erasure TEXT := 'erasure-' || gen_random_uuid();
    forgotten BIGINT;
    removed BIGINT;
    paid BIGINT;
    former BIGINT;
BEGIN
    INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
    SELECT 'orders', day.business_date, erasure, day.business_date
    FROM (
        SELECT item.paid_on AS business_date
        FROM raw.sales_order AS placed
        JOIN raw.order_item AS item
            ON item.account_id = placed.account_id AND item.order_id = placed.order_id
        WHERE placed.customer_key = of_key AND item.paid_on IS NOT NULL
        UNION
        SELECT placed.ordered_on FROM raw.sales_order AS placed WHERE placed.customer_key = of_key
    ) AS day;
    UPDATE raw.sales_order SET customer_key = NULL WHERE customer_key = of_key;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    DELETE FROM raw.customer WHERE customer_key = of_key;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM mart.mart_customer_daily WHERE customer_key = of_key;
    INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
    SELECT DISTINCT 'card-sales', t.sale_date, erasure, t.sale_date FROM raw.card_sale AS t WHERE t.card_key = of_key;
    UPDATE raw.card_sale SET card_key = NULL, card_number = NULL WHERE card_key = of_key;
    GET DIAGNOSTICS paid = ROW_COUNT;
    UPDATE raw.card_sale_history SET card_key = NULL, card_number = NULL WHERE card_key = of_key;
    GET DIAGNOSTICS former = ROW_COUNT;
    RETURN forgotten + removed + paid + former;
END
$$;

SELECT ops.grant_to('SELECT ON ' || of_table, role_name)
FROM
    UNNEST(ARRAY['raw.card_sale', 'raw.card_sale_history', 'raw.card_store']) AS of_table
CROSS JOIN UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('INSERT, UPDATE ON raw.card_sale, raw.card_store', 'jangbu_loader');
SELECT ops.grant_to('INSERT ON raw.card_sale_history', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON ops.v_stored_card_sale', 'jangbu_job');
SELECT ops.grant_to('SELECT, INSERT ON ops.card_month_difference', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON ops.card_month_difference', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_mart']) AS role_name;
