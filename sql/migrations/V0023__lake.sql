-- Why: days of events also lie in a lake of Iceberg tables; which files are a table's is said here, in
-- two tables of Iceberg's own making, by a role that has rights nowhere else.
CREATE SCHEMA lake;
COMMENT ON SCHEMA lake IS 'The catalog of the lake''s Iceberg tables; written by spark-job.';

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jangbu_lake') THEN
        BEGIN
            CREATE ROLE jangbu_lake NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                RAISE NOTICE 'role jangbu_lake was made by another migration meanwhile';
            WHEN insufficient_privilege THEN
                RAISE WARNING 'role jangbu_lake not made: % may not create roles', current_user;
        END;
    END IF;
END
$$;

CREATE TABLE lake.iceberg_tables (
    catalog_name VARCHAR(255) NOT NULL,
    table_namespace VARCHAR(255) NOT NULL,
    table_name VARCHAR(255) NOT NULL,
    metadata_location VARCHAR(1000),
    previous_metadata_location VARCHAR(1000),
    iceberg_type VARCHAR(5),
    PRIMARY KEY (catalog_name, table_namespace, table_name)
);
COMMENT ON TABLE lake.iceberg_tables IS
'The lake''s tables and views. Swapping metadata_location is the commit of a new state.';
COMMENT ON COLUMN lake.iceberg_tables.catalog_name IS 'lake.';
COMMENT ON COLUMN lake.iceberg_tables.table_namespace IS 'Empty for tables named lake.events.';
COMMENT ON COLUMN lake.iceberg_tables.metadata_location IS
'URL of the file that names all states of the table and their files.';
COMMENT ON COLUMN lake.iceberg_tables.previous_metadata_location IS 'The one before; NULL for a new table.';
COMMENT ON COLUMN lake.iceberg_tables.iceberg_type IS 'TABLE or VIEW.';

CREATE TABLE lake.iceberg_namespace_properties (
    catalog_name VARCHAR(255) NOT NULL,
    namespace VARCHAR(255) NOT NULL,
    property_key VARCHAR(255),
    property_value VARCHAR(1000),
    PRIMARY KEY (catalog_name, namespace, property_key)
);
COMMENT ON TABLE lake.iceberg_namespace_properties IS
'Namespaces somebody made in the lake, and their properties; the jobs make none.';
COMMENT ON COLUMN lake.iceberg_namespace_properties.namespace IS 'Its name, parts joined by dots.';

-- A run tells its token as its session begins: <job>/<dataset>/<slice>/<day>/<token>. Once another run
-- has taken over, or this one has ended, what it still commits is refused. Sessions of people tell none.
CREATE FUNCTION lake.require_token() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    fence TEXT[] := STRING_TO_ARRAY(NULLIF(CURRENT_SETTING('jangbu.fence', TRUE), ''), '/');
BEGIN
    IF fence IS NOT NULL THEN
        PERFORM ops.require_token(fence[1], fence[2], fence[3], fence[4]::DATE, fence[5]::BIGINT);
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION lake.require_token() FROM PUBLIC;
COMMENT ON FUNCTION lake.require_token() IS 'Refuses commits of runs that were taken over.';
CREATE TRIGGER commits_hold_a_token BEFORE INSERT OR UPDATE ON lake.iceberg_tables
FOR EACH ROW EXECUTE FUNCTION lake.require_token();

SELECT ops.grant_to('USAGE ON SCHEMA lake', 'jangbu_lake');
SELECT ops.grant_to(
    'SELECT, INSERT, UPDATE, DELETE ON lake.iceberg_tables, lake.iceberg_namespace_properties',
    'jangbu_lake'
);
