-- Why: a first load copies its files side by side, which takes a table that more than one session can see. It is named by
-- the load's token: what a run that was taken over still writes goes into a table nobody attaches.

CREATE FUNCTION ops.unattached_day_table(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS TEXT
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT ops.day_table(of_dataset, of_day) || '_t' || of_token
$$;
COMMENT ON FUNCTION ops.unattached_day_table(TEXT, DATE, BIGINT) IS
'Name, in schema raw, of the table that a first load with this token fills before it attaches it.';
REVOKE ALL ON FUNCTION ops.unattached_day_table(TEXT, DATE, BIGINT) FROM PUBLIC;

-- Tables that loads of the day filled and never attached: of killed loads, or of this one.
CREATE FUNCTION ops.drop_unattached_day(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    leftover NAME;
BEGIN
    PERFORM ops.require_load_token(of_dataset, of_day, of_token);
    FOR leftover IN
        SELECT c.relname
        FROM pg_class AS c
        WHERE
            c.relnamespace = 'raw'::REGNAMESPACE
            AND c.relkind = 'r'
            AND NOT c.relispartition
            AND c.relname ~ ('^' || ops.day_table(of_dataset, of_day) || '_t[0-9]+$')
    LOOP
        EXECUTE format('DROP TABLE raw.%I', leftover);
    END LOOP;
END
$$;
COMMENT ON FUNCTION ops.drop_unattached_day(TEXT, DATE, BIGINT) IS
'Drops what loads of the day filled and never attached.';
REVOKE ALL ON FUNCTION ops.drop_unattached_day(TEXT, DATE, BIGINT) FROM PUBLIC;

CREATE OR REPLACE FUNCTION ops.create_day(of_dataset TEXT, of_day DATE, of_token BIGINT) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    unattached TEXT := ops.unattached_day_table(of_dataset, of_day, of_token);
    parent TEXT := (SELECT table_name FROM ops.dataset WHERE dataset = of_dataset);
BEGIN
    PERFORM ops.drop_unattached_day(of_dataset, of_day, of_token);
    EXECUTE format('CREATE TABLE raw.%I (LIKE raw.%I)', unattached, parent);
    PERFORM ops.grant_to(format('SELECT, INSERT, DELETE ON raw.%I', unattached), 'jangbu_loader');
    RETURN unattached;
END
$$;

CREATE OR REPLACE FUNCTION ops.finish_day(
    of_dataset TEXT, of_day DATE, of_token BIGINT, expected_rows BIGINT
) RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
SET maintenance_work_mem = '256MB'
AS $$
DECLARE
    day_table TEXT := ops.day_table(of_dataset, of_day);
    unattached TEXT := ops.unattached_day_table(of_dataset, of_day, of_token);
    settings ops.dataset := (SELECT d FROM ops.dataset AS d WHERE d.dataset = of_dataset);
    counted BIGINT;
BEGIN
    PERFORM ops.require_load_token(of_dataset, of_day, of_token);
    -- From here on nobody else writes into it; what is counted is what is attached.
    EXECUTE format('ALTER TABLE raw.%I RENAME TO %I', unattached, day_table);
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

SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'unattached_day_table(TEXT, DATE, BIGINT)', 'drop_unattached_day(TEXT, DATE, BIGINT)'
]) AS signature;
