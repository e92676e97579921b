-- Why: one schema a purpose, so that a role can be given what it needs and no more.
-- (Flyway makes ops, where it keeps its history.)
CREATE SCHEMA raw;
CREATE SCHEMA mart;
CREATE SCHEMA batch;

COMMENT ON SCHEMA raw IS 'Checked records as they came, one table a dataset; written by load-job.';
COMMENT ON SCHEMA mart IS 'What analysts query; written by mart-job.';
COMMENT ON SCHEMA ops IS 'What the jobs did: runs, checks, loads, locks.';
COMMENT ON SCHEMA batch IS 'Spring Batch''s job repository.';

DO $$
BEGIN
    EXECUTE format(
        'ALTER DATABASE %I SET search_path = mart, raw, ops, public', current_database()
    );
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE WARNING 'search_path of the database not set: % may not alter it', current_user;
END
$$;

-- Roles belong to the whole server, and another database's migration may be making them at this moment.
DO $$
DECLARE
    role_name TEXT;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
        'jangbu_owner', 'jangbu_job', 'jangbu_loader', 'jangbu_mart', 'jangbu_analyst'
    ]
    LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    RAISE NOTICE 'role % was made by another migration meanwhile', role_name;
                WHEN insufficient_privilege THEN
                    RAISE WARNING 'role % not made: % may not create roles', role_name, current_user;
            END;
        END IF;
    END LOOP;
END
$$;

-- A grant that is left out, with a word, where the role could not be made.
CREATE FUNCTION ops.grant_to(privileges TEXT, role_name TEXT) RETURNS VOID
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('GRANT %s TO %I', privileges, role_name);
    ELSE
        RAISE WARNING 'GRANT % TO % skipped: no such role', privileges, role_name;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.grant_to(TEXT, TEXT) FROM PUBLIC;
COMMENT ON FUNCTION ops.grant_to(TEXT, TEXT) IS 'Used by migrations only.';

SELECT ops.grant_to('USAGE ON SCHEMA ops, batch', 'jangbu_job');
SELECT ops.grant_to('USAGE ON SCHEMA ops, batch, raw', 'jangbu_loader');
SELECT ops.grant_to('USAGE ON SCHEMA ops, batch, raw, mart', 'jangbu_mart');
SELECT ops.grant_to('USAGE ON SCHEMA mart, ops', 'jangbu_analyst');
