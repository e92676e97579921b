-- Why: what an account's first card sales are was read four times over to be known: whose they are, of which
-- stores and days, how many, and once more when they were attached. Whose they are is now asked of each row as
-- it comes, which attaching believes; stores, days and number are read together. And the planner's statistics
-- are of the columns that anybody filters by.
ALTER TABLE raw.card_sale
ALTER COLUMN created SET STATISTICS 0,
ALTER COLUMN modified SET STATISTICS 0,
ALTER COLUMN will_deposited_at SET STATISTICS 0,
ALTER COLUMN daily_sale_id SET STATISTICS 0,
ALTER COLUMN amount_fee SET STATISTICS 0,
ALTER COLUMN amount_deposit SET STATISTICS 0,
ALTER COLUMN card_category SET STATISTICS 0,
ALTER COLUMN card_number SET STATISTICS 0,
ALTER COLUMN raw_data SET STATISTICS 0,
ALTER COLUMN platform SET STATISTICS 0,
ALTER COLUMN result_code SET STATISTICS 0,
ALTER COLUMN extra_payment_id SET STATISTICS 0,
ALTER COLUMN detail_status SET STATISTICS 0,
ALTER COLUMN processing_status SET STATISTICS 0,
ALTER COLUMN source_hash SET STATISTICS 0,
ALTER COLUMN loaded_run_id SET STATISTICS 0;

-- LIKE leaves out how much is known of a column.
CREATE FUNCTION ops.make_table_like_card_sale(of_name TEXT) RETURNS VOID
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    unknown NAME;
BEGIN
    EXECUTE format('CREATE TABLE raw.%I (LIKE raw.card_sale INCLUDING DEFAULTS)', of_name);
    FOR unknown IN
        SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = 'raw.card_sale'::REGCLASS AND a.attnum > 0 AND a.attstattarget = 0
    LOOP
        EXECUTE format('ALTER TABLE raw.%I ALTER COLUMN %I SET STATISTICS 0', of_name, unknown);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ops.make_table_like_card_sale(TEXT) IS
'Makes, in schema raw, a table that can become a partition of raw.card_sale.';
REVOKE ALL ON FUNCTION ops.make_table_like_card_sale(TEXT) FROM PUBLIC;

CREATE OR REPLACE FUNCTION ops.make_card_sale_part(of_account TEXT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    part TEXT := ops.card_sale_part(of_account);
BEGIN
    IF to_regclass(format('raw.%I', part)) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM ops.make_table_like_card_sale(part);
    EXECUTE format('ALTER TABLE raw.card_sale ATTACH PARTITION raw.%I FOR VALUES IN (%L)', part, of_account);
END
$$;

CREATE OR REPLACE FUNCTION ops.create_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unattached TEXT := ops.card_sale_part(of_account) || '_t' || of_token;
BEGIN
    PERFORM ops.drop_first_sales(of_account, of_day, of_token);
    PERFORM ops.make_table_like_card_sale(unattached);
    EXECUTE format(
        'ALTER TABLE raw.%I ADD CONSTRAINT of_one_account CHECK (account_id = %L)', unattached, of_account
    );
    PERFORM ops.grant_to(format('SELECT, INSERT ON raw.%I', unattached), 'jangbu_loader');
    RETURN unattached;
END
$$;

-- The lock stays until the caller's transaction ends: what is counted is what that transaction attaches.
DROP FUNCTION ops.days_of_first_sales(TEXT, DATE, BIGINT);
CREATE FUNCTION ops.days_of_first_sales(
    of_account TEXT, of_day DATE, of_token BIGINT
) RETURNS TABLE (store_id BIGINT, sale_date DATE, first_seen_at TIMESTAMPTZ, sale_count BIGINT)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET work_mem = '64MB'
AS $$
DECLARE
    unattached TEXT := ops.card_sale_part(of_account) || '_t' || of_token;
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    EXECUTE format('LOCK TABLE raw.%I IN SHARE MODE', unattached);
    RETURN QUERY EXECUTE format(
        'SELECT store_id, sale_date, min(observed_at), count(*) FROM raw.%I GROUP BY store_id, sale_date',
        unattached
    );
END
$$;
COMMENT ON FUNCTION ops.days_of_first_sales(TEXT, DATE, BIGINT) IS
'The stores and days of a table that is not attached yet, how many sales each has and when the first of them was read. Nobody writes into the table until the transaction ends.';
REVOKE ALL ON FUNCTION ops.days_of_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

DROP FUNCTION ops.others_in_first_sales(TEXT, DATE, BIGINT);

DROP FUNCTION ops.attach_first_sales(TEXT, DATE, BIGINT, BIGINT);
CREATE FUNCTION ops.attach_first_sales(of_account TEXT, of_day DATE, of_token BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unattached TEXT := ops.card_sale_part(of_account) || '_t' || of_token;
    part TEXT := ops.card_sale_part(of_account);
BEGIN
    PERFORM ops.require_account_load_token('card-sales', of_account, of_day, of_token);
    EXECUTE format('ALTER TABLE raw.%I RENAME TO %I', unattached, part);
    EXECUTE format('ALTER TABLE raw.%I ADD PRIMARY KEY USING INDEX %I', part, part || '_pkey');
    EXECUTE format('ALTER TABLE raw.card_sale ATTACH PARTITION raw.%I FOR VALUES IN (%L)', part, of_account);
    EXECUTE format('ALTER TABLE raw.%I DROP CONSTRAINT of_one_account', part);
END
$$;
COMMENT ON FUNCTION ops.attach_first_sales(TEXT, DATE, BIGINT) IS
'Makes a filled and indexed table the partition of an account''s card sales.';
REVOKE ALL ON FUNCTION ops.attach_first_sales(TEXT, DATE, BIGINT) FROM PUBLIC;

SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'days_of_first_sales(TEXT, DATE, BIGINT)',
    'attach_first_sales(TEXT, DATE, BIGINT)'
]) AS signature;
