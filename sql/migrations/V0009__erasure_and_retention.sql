-- Why: a person can be removed from every place that holds them, what the law wants kept is moved
-- apart, days older than the policy go, and each of it leaves a proof without the person's id.

-- What the law wants kept lies apart, for one role's eyes only.
CREATE SCHEMA hold;
COMMENT ON SCHEMA hold IS
'Records of erased people and dropped days that a law wants kept, until their date; for jangbu_custodian only.';

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jangbu_custodian') THEN
        CREATE ROLE jangbu_custodian NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'role jangbu_custodian was made by another migration meanwhile';
    WHEN insufficient_privilege THEN
        RAISE WARNING 'role jangbu_custodian not made: % may not create roles', current_user;
END
$$;

CREATE TABLE hold.record (
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    event_id UUID NOT NULL,
    user_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    record JSONB NOT NULL,
    basis TEXT NOT NULL,
    held_for TEXT NOT NULL,
    held_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    until DATE NOT NULL,
    PRIMARY KEY (dataset, business_date, event_id)
);
CREATE INDEX ON hold.record (until);
CREATE INDEX ON hold.record (user_id);
COMMENT ON TABLE hold.record IS
'One row a record that was moved apart because a law wants it kept; destroyed by retention after its date. Holds personal data in clear.';
COMMENT ON COLUMN hold.record.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN hold.record.business_date IS 'The calendar day in Asia/Seoul the record belongs to.';
COMMENT ON COLUMN hold.record.event_id IS 'The record''s id in the raw table it was taken from.';
COMMENT ON COLUMN hold.record.user_id IS 'Whose record it is.';
COMMENT ON COLUMN hold.record.event_type IS 'What it records, such as purchase.';
COMMENT ON COLUMN hold.record.record IS 'The whole row as it was in the raw table.';
COMMENT ON COLUMN hold.record.basis IS 'The law that wants it kept.';
COMMENT ON COLUMN hold.record.held_for IS
'What took it out of the raw table: an erasure by its id, or retention.';
COMMENT ON COLUMN hold.record.held_at IS 'When it was moved here.';
COMMENT ON COLUMN hold.record.until IS
'The last day it is kept; retention destroys it after that, never before.';

CREATE TABLE ops.erasure (
    erasure_id TEXT PRIMARY KEY,
    subject_hash TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    request TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    finished_at TIMESTAMPTZ,
    days BIGINT,
    removed BIGINT,
    held BIGINT,
    version TEXT NOT NULL
);
CREATE INDEX ON ops.erasure (subject_hash);
COMMENT ON TABLE ops.erasure IS
'One row an erasure of a person: who asked, when, and what came of it. Without the person''s id.';
COMMENT ON COLUMN ops.erasure.erasure_id IS 'Also the name of its proof, reports/erasure/<id>.json.';
COMMENT ON COLUMN ops.erasure.subject_hash IS
'HMAC-SHA-256 of the person''s id under ops.erasure_key, hexadecimal.';
COMMENT ON COLUMN ops.erasure.requested_by IS 'Who ran it: --by, else the user of the process.';
COMMENT ON COLUMN ops.erasure.request IS 'What was asked, such as the request''s number; --request.';
COMMENT ON COLUMN ops.erasure.started_at IS 'When it was first begun.';
COMMENT ON COLUMN ops.erasure.finished_at IS
'When nothing was found any more; NULL where it was ended before that: the same command goes on.';
COMMENT ON COLUMN ops.erasure.days IS 'Business dates something was removed from.';
COMMENT ON COLUMN ops.erasure.removed IS 'Lines and rows removed, over all places.';
COMMENT ON COLUMN ops.erasure.held IS 'Rows that were moved into hold.record.';
COMMENT ON COLUMN ops.erasure.version IS 'Of the job.';

CREATE TABLE ops.erasure_log (
    erasure_id TEXT NOT NULL REFERENCES ops.erasure (erasure_id),
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    place TEXT NOT NULL,
    file TEXT NOT NULL,
    run_id TEXT NOT NULL,
    base_run_id TEXT,
    lines_before BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    lines_after BIGINT NOT NULL,
    sha256_before TEXT,
    sha256_after TEXT,
    basis TEXT,
    logged_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (erasure_id, dataset, business_date, place, file, run_id),
    CONSTRAINT before_is_removed_and_after CHECK (lines_before = removed + lines_after),
    CONSTRAINT counts_are_not_negative CHECK (removed >= 0 AND lines_after >= 0)
);
CREATE INDEX ON ops.erasure_log (run_id);
COMMENT ON TABLE ops.erasure_log IS
'The proof of an erasure: one row a day, place, file and try. A file''s row is written before the file counts, so a try that was ended may have left one too; never rewritten.';
COMMENT ON COLUMN ops.erasure_log.erasure_id IS 'The erasure.';
COMMENT ON COLUMN ops.erasure_log.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.erasure_log.business_date IS 'The calendar day in Asia/Seoul.';
COMMENT ON COLUMN ops.erasure_log.place IS
'landing, clean, rejects, corrections; a table such as raw.raw_events; or hold.record, whose rows were added and not removed.';
COMMENT ON COLUMN ops.erasure_log.file IS 'The file''s name; empty for tables.';
COMMENT ON COLUMN ops.erasure_log.run_id IS 'The run that wrote the file anew; for tables, the run of the load they were reduced by.';
COMMENT ON COLUMN ops.erasure_log.base_run_id IS
'The run whose file it was before; NULL for tables. So the books know a remainder from something new.';
COMMENT ON COLUMN ops.erasure_log.lines_before IS 'Lines or rows before, blank ones not counted.';
COMMENT ON COLUMN ops.erasure_log.removed IS 'Lines or rows that were removed.';
COMMENT ON COLUMN ops.erasure_log.lines_after IS 'Lines or rows that are left.';
COMMENT ON COLUMN ops.erasure_log.sha256_before IS 'Of the file before; NULL for tables.';
COMMENT ON COLUMN ops.erasure_log.sha256_after IS 'Of the file after; NULL for tables.';
COMMENT ON COLUMN ops.erasure_log.basis IS 'For hold.record: the law that wants the rows kept.';
COMMENT ON COLUMN ops.erasure_log.logged_at IS 'When the row was written.';

-- A person that was erased must not come back with the next extraction. The hash needs a key, or a
-- list of all ids would tell who is on it; whoever may read both tables can still try ids one by one.
CREATE TABLE ops.erasure_key (
    is_the_only_one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (is_the_only_one),
    secret TEXT NOT NULL
);
COMMENT ON TABLE ops.erasure_key IS
'The key of the hashes in ops.erased_subject, random, made by the migration. Without it the list is worth nothing: back it up with the database.';
COMMENT ON COLUMN ops.erasure_key.is_the_only_one IS 'Always true: there is one row.';
COMMENT ON COLUMN ops.erasure_key.secret IS 'Hexadecimal.';
INSERT INTO ops.erasure_key (secret)
VALUES (REPLACE(CAST(GEN_RANDOM_UUID() AS TEXT) || CAST(GEN_RANDOM_UUID() AS TEXT), '-', ''));

CREATE TABLE ops.erased_subject (
    subject_hash TEXT PRIMARY KEY,
    fingerprint BIGINT NOT NULL,
    is_word BOOLEAN NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP()
);
COMMENT ON TABLE ops.erased_subject IS
'Who was erased, as keyed hashes: extractions and replays leave out lines that name them.';
COMMENT ON COLUMN ops.erased_subject.subject_hash IS
'HMAC-SHA-256 of the person''s id under ops.erasure_key, hexadecimal.';
COMMENT ON COLUMN ops.erased_subject.fingerprint IS
'A short hash under the same key: a word of a line is looked at closer only where it has it.';
COMMENT ON COLUMN ops.erased_subject.is_word IS
'Whether the id is told from other text wherever it stands; else only user_id is looked at.';
COMMENT ON COLUMN ops.erased_subject.erased_at IS 'When the erasure was begun.';

CREATE TABLE ops.retention_log (
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    place TEXT NOT NULL,
    token BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    held BIGINT NOT NULL,
    keep TEXT NOT NULL,
    basis TEXT NOT NULL,
    as_of DATE NOT NULL,
    removed_by TEXT NOT NULL,
    removed_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (dataset, business_date, place, token)
);
COMMENT ON TABLE ops.retention_log IS
'What was removed because its time was over: one row a day, place and run of retention.';
COMMENT ON COLUMN ops.retention_log.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.retention_log.business_date IS 'The calendar day in Asia/Seoul.';
COMMENT ON COLUMN ops.retention_log.place IS
'A place of the policy: a table such as raw.raw_events, or an area of the workspace such as landing.';
COMMENT ON COLUMN ops.retention_log.token IS
'Of the hold on the day''s load: a load with a greater one came after.';
COMMENT ON COLUMN ops.retention_log.removed IS 'Rows, or files, that were removed.';
COMMENT ON COLUMN ops.retention_log.held IS 'Rows of them that were moved into hold.record.';
COMMENT ON COLUMN ops.retention_log.keep IS 'The period of the policy, such as 3y.';
COMMENT ON COLUMN ops.retention_log.basis IS 'Why that period: the law, or the house''s own rule.';
COMMENT ON COLUMN ops.retention_log.as_of IS 'The day the periods were counted back from.';
COMMENT ON COLUMN ops.retention_log.removed_by IS 'The user of the process.';
COMMENT ON COLUMN ops.retention_log.removed_at IS 'When.';

-- Raises unless this token holds the identity. Owned functions call it first.
CREATE FUNCTION ops.require_token(
    of_job TEXT, of_dataset TEXT, of_slice TEXT, of_day DATE, of_token BIGINT
) RETURNS VOID
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM FROM ops.run_lock
    WHERE job = of_job AND dataset = of_dataset AND slice = of_slice AND business_date = of_day
        AND token = of_token AND released_at IS NULL
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'token % does not hold % of % %', of_token, of_job, of_dataset, of_day
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.require_token(TEXT, TEXT, TEXT, DATE, BIGINT) FROM PUBLIC;

-- Whether a row names the person. The plain search comes first: it is cheap, and most rows end there.
CREATE FUNCTION ops.names_subject(of_row ANYELEMENT, subject TEXT, pattern TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT strpos(of_row::TEXT, subject) > 0
        AND (of_row::TEXT ~ pattern OR to_jsonb(of_row)::TEXT ~ pattern)
$$;
REVOKE ALL ON FUNCTION ops.names_subject(ANYELEMENT, TEXT, TEXT) FROM PUBLIC;

-- The column of a table that says which business date a row belongs to.
CREATE FUNCTION ops.day_column(of_table REGCLASS) RETURNS TEXT
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT attname::TEXT FROM pg_attribute
    WHERE attrelid = of_table AND attnum > 0 AND NOT attisdropped AND atttypid = 'date'::REGTYPE
    ORDER BY attname <> 'business_date', attnum
    LIMIT 1
$$;
REVOKE ALL ON FUNCTION ops.day_column(REGCLASS) FROM PUBLIC;

-- Where a person is named, but for what is held: counts only. A day's own tables by the day.
CREATE FUNCTION ops.find_subject(subject TEXT, pattern TEXT)
RETURNS TABLE (place TEXT, business_date DATE, row_count BIGINT)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    found RECORD;
    of_day TEXT;
BEGIN
    FOR found IN
        SELECT c.oid, n.nspname, c.relname
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
            AND n.nspname NOT IN ('hold', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
        ORDER BY n.nspname, c.relname
    LOOP
        of_day := ops.day_column(found.oid);
        RETURN QUERY EXECUTE format(
            'SELECT %L, %s, count(*) FROM %I.%I AS t
             WHERE strpos(t::TEXT, $1) > 0 AND ops.names_subject(t, $1, $2) GROUP BY 2',
            found.nspname || '.' || found.relname,
            CASE WHEN of_day IS NULL THEN 'NULL::DATE' ELSE format('t.%I', of_day) END,
            found.nspname, found.relname
        ) USING subject, pattern;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION ops.find_subject(TEXT, TEXT) FROM PUBLIC;
COMMENT ON FUNCTION ops.find_subject(TEXT, TEXT) IS
'Rows that name a person, counted by table and day, in every table but those of hold.';

-- Copies the rows a law wants kept, those that would be out of time already left out.
CREATE FUNCTION ops.hold_rows(
    of_dataset TEXT, of_day DATE, subject TEXT, pattern TEXT, as_of DATE,
    event_types TEXT[], keeps INTERVAL[], bases TEXT[], reason_held TEXT
) RETURNS BIGINT
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    held BIGINT;
BEGIN
    EXECUTE format(
        'INSERT INTO hold.record (dataset, business_date, event_id, user_id, event_type, record, basis, held_for, until)
         SELECT $1, $2, t.event_id, t.user_id, t.event_type, to_jsonb(t), rule.basis, $9,
             (t.event_date + rule.keep)::DATE
         FROM raw.%I AS t
         JOIN unnest($6, $7, $8) AS rule (event_type, keep, basis) ON rule.event_type = t.event_type
         WHERE ($3 IS NULL OR t.user_id = $3) AND (t.event_date + rule.keep)::DATE >= $5
         ON CONFLICT (dataset, business_date, event_id) DO NOTHING',
        ops.day_table(of_dataset, of_day)
    ) USING of_dataset, of_day, subject, pattern, as_of, event_types, keeps, bases, reason_held;
    GET DIAGNOSTICS held = ROW_COUNT;
    RETURN held;
END
$$;
REVOKE ALL ON FUNCTION ops.hold_rows(
    TEXT, DATE, TEXT, TEXT, DATE, TEXT[], INTERVAL[], TEXT[], TEXT
) FROM PUBLIC;

CREATE FUNCTION ops.erase_day(
    of_dataset TEXT, of_day DATE, of_token BIGINT, subject TEXT, pattern TEXT, event_ids UUID[],
    as_of DATE, event_types TEXT[], keeps INTERVAL[], bases TEXT[], reason_held TEXT,
    OUT rows_before BIGINT, OUT removed BIGINT, OUT held BIGINT
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    day_table TEXT := ops.day_table(of_dataset, of_day);
    left_over BIGINT;
BEGIN
    PERFORM ops.require_token('load-job', of_dataset, 'all', of_day, of_token);
    held := ops.hold_rows(
        of_dataset, of_day, subject, pattern, as_of, event_types, keeps, bases, reason_held
    );
    EXECUTE format('SELECT count(*) FROM raw.%I', day_table) INTO rows_before;
    EXECUTE format(
        'DELETE FROM raw.%I AS t
         WHERE t.event_id = ANY ($3) OR (strpos(t::TEXT, $1) > 0 AND ops.names_subject(t, $1, $2))',
        day_table
    ) USING subject, pattern, event_ids;
    GET DIAGNOSTICS removed = ROW_COUNT;
    EXECUTE format('SELECT count(*) FROM raw.%I', day_table) INTO left_over;
    IF rows_before <> removed + left_over THEN
        RAISE EXCEPTION '% rows in raw.%: % removed, % left', rows_before, day_table, removed, left_over;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.erase_day(
    TEXT, DATE, BIGINT, TEXT, TEXT, UUID[], DATE, TEXT[], INTERVAL[], TEXT[], TEXT
) FROM PUBLIC;
COMMENT ON FUNCTION ops.erase_day(
    TEXT, DATE, BIGINT, TEXT, TEXT, UUID[], DATE, TEXT[], INTERVAL[], TEXT[], TEXT
) IS
'Removes a person''s rows from a day''s partition; those a law wants kept are copied into hold first.';

CREATE FUNCTION ops.erase_mart_day(
    of_mart TEXT, of_dataset TEXT, of_day DATE, of_token BIGINT, subject TEXT, pattern TEXT,
    OUT rows_before BIGINT, OUT removed BIGINT
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    of_table REGCLASS := (SELECT format('mart.%I', mart)::REGCLASS FROM ops.mart WHERE mart = of_mart);
    of_column TEXT := ops.day_column(of_table);
BEGIN
    PERFORM ops.require_token('mart-job', of_dataset, of_mart, of_day, of_token);
    EXECUTE format('SELECT count(*) FROM %s WHERE %I = $1', of_table, of_column) INTO rows_before USING of_day;
    EXECUTE format(
        'DELETE FROM %s AS t WHERE t.%I = $1 AND ops.names_subject(t, $2, $3)', of_table, of_column
    ) USING of_day, subject, pattern;
    GET DIAGNOSTICS removed = ROW_COUNT;
END
$$;
REVOKE ALL ON FUNCTION ops.erase_mart_day(TEXT, TEXT, DATE, BIGINT, TEXT, TEXT) FROM PUBLIC;

-- Stands for the file of a load whose clean file is not there any more.
CREATE FUNCTION ops.digest_of_day(of_dataset TEXT, of_day DATE) RETURNS TEXT
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    digest TEXT;
BEGIN
    EXECUTE format(
        'SELECT encode(sha256(convert_to(COALESCE(string_agg(md5(t::TEXT), '''' ORDER BY md5(t::TEXT)), ''''), ''UTF8'')), ''hex'')
         FROM raw.%I AS t',
        ops.day_table(of_dataset, of_day)
    ) INTO digest;
    RETURN digest;
END
$$;
REVOKE ALL ON FUNCTION ops.digest_of_day(TEXT, DATE) FROM PUBLIC;
COMMENT ON FUNCTION ops.digest_of_day(TEXT, DATE) IS
'SHA-256 over the MD5 of each row of a day, in the order of those.';

-- What was said of a run may quote a line. Who, when and what a replay did stays as it was.
CREATE FUNCTION ops.redact_subject(subject TEXT, pattern TEXT, substitute TEXT) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    instead TEXT := '\1' || substitute;
    redacted BIGINT := 0;
    changed BIGINT;
BEGIN
    UPDATE ops.pipeline_run_log AS t
    SET message = regexp_replace(message, pattern, instead, 'g'),
        attempt = regexp_replace(attempt, pattern, instead, 'g'),
        facts = regexp_replace(facts::TEXT, pattern, instead, 'g')::JSONB
    WHERE status <> 'running' AND strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE ops.replay_log AS t
    SET reason_for = regexp_replace(reason_for, pattern, instead, 'g'),
        requested_by = regexp_replace(requested_by, pattern, instead, 'g'),
        mapping = regexp_replace(mapping, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE ops.erasure AS t
    SET request = regexp_replace(request, pattern, instead, 'g'),
        requested_by = regexp_replace(requested_by, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE batch.batch_job_execution AS t
    SET exit_message = regexp_replace(exit_message, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE batch.batch_step_execution AS t
    SET exit_message = regexp_replace(exit_message, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE batch.batch_job_execution_params AS t
    SET parameter_value = regexp_replace(parameter_value, pattern, instead, 'g')
    WHERE identifying = 'N' AND strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    RETURN redacted;
END
$$;
REVOKE ALL ON FUNCTION ops.redact_subject(TEXT, TEXT, TEXT) FROM PUBLIC;
COMMENT ON FUNCTION ops.redact_subject(TEXT, TEXT, TEXT) IS
'Puts a substitute in the place of a person''s id in what runs said, and why replays were asked for; the pattern''s first group stays.';

-- The days of a place of the policy that begin before its time is over.
CREATE FUNCTION ops.days_out_of_time(of_place TEXT, of_dataset TEXT, before DATE) RETURNS SETOF DATE
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    of_table REGCLASS := to_regclass(of_place);
    of_column TEXT := ops.day_column(of_table);
    filter TEXT := '';
BEGIN
    IF of_place = (SELECT 'raw.' || table_name FROM ops.dataset WHERE dataset = of_dataset) THEN
        RETURN QUERY
        SELECT to_date(right(child.relname, 8), 'YYYYMMDD')
        FROM pg_inherits AS tree JOIN pg_class AS child ON child.oid = tree.inhrelid
        WHERE tree.inhparent = of_table AND to_date(right(child.relname, 8), 'YYYYMMDD') < before;
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
REVOKE ALL ON FUNCTION ops.days_out_of_time(TEXT, TEXT, DATE) FROM PUBLIC;

-- Removes one day from one place. The token is that of the day's load, whatever the place.
CREATE FUNCTION ops.drop_day(
    of_place TEXT, of_dataset TEXT, of_day DATE, of_token BIGINT, as_of DATE,
    event_types TEXT[], keeps INTERVAL[], bases TEXT[],
    OUT removed BIGINT, OUT held BIGINT
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    parent TEXT := (SELECT table_name FROM ops.dataset WHERE dataset = of_dataset);
    day_table TEXT := ops.day_table(of_dataset, of_day);
    of_table REGCLASS := to_regclass(of_place);
BEGIN
    PERFORM ops.require_token('load-job', of_dataset, 'all', of_day, of_token);
    held := 0;
    IF of_place = 'raw.' || parent THEN
        held := ops.hold_rows(
            of_dataset, of_day, NULL, NULL, as_of, event_types, keeps, bases, 'retention'
        );
        EXECUTE format('SELECT count(*) FROM raw.%I', day_table) INTO removed;
        EXECUTE format('DROP TABLE raw.%I', day_table);
    ELSIF of_place IN ('ops.rejected_record', 'ops.quality_check_log', 'ops.replay_log') THEN
        EXECUTE format('DELETE FROM %s WHERE dataset = $1 AND business_date = $2', of_table)
            USING of_dataset, of_day;
        GET DIAGNOSTICS removed = ROW_COUNT;
    ELSIF of_place = 'ops.pipeline_run_log' THEN
        DELETE FROM ops.pipeline_run_log
        WHERE dataset = of_dataset AND business_date = of_day AND status <> 'running';
        GET DIAGNOSTICS removed = ROW_COUNT;
    ELSIF EXISTS (SELECT 1 FROM ops.mart WHERE of_place = 'mart.' || mart AND dataset = of_dataset) THEN
        EXECUTE format('DELETE FROM %s WHERE %I = $1', of_table, ops.day_column(of_table)) USING of_day;
        GET DIAGNOSTICS removed = ROW_COUNT;
    ELSE
        RAISE EXCEPTION 'place: % (expected: a raw table, a mart, or one of ops that has days)', of_place;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION ops.drop_day(
    TEXT, TEXT, DATE, BIGINT, DATE, TEXT[], INTERVAL[], TEXT[]
) FROM PUBLIC;

-- Whatever day it is told, nothing goes before its own date has come.
CREATE FUNCTION ops.destroy_held(as_of DATE) RETURNS TABLE (business_date DATE, removed BIGINT)
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    WITH destroyed AS (
        DELETE FROM hold.record
        WHERE until < LEAST(as_of, (CURRENT_TIMESTAMP AT TIME ZONE 'Asia/Seoul')::DATE)
        RETURNING record.business_date
    )
    SELECT destroyed.business_date, count(*) FROM destroyed GROUP BY destroyed.business_date
$$;
REVOKE ALL ON FUNCTION ops.destroy_held(DATE) FROM PUBLIC;

CREATE FUNCTION ops.count_held_before(as_of DATE) RETURNS BIGINT
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT count(*) FROM hold.record
    WHERE until < LEAST(as_of, (CURRENT_TIMESTAMP AT TIME ZONE 'Asia/Seoul')::DATE)
$$;
REVOKE ALL ON FUNCTION ops.count_held_before(DATE) FROM PUBLIC;

-- A day that is gone because its time was over is no gap.
CREATE OR REPLACE VIEW ops.v_books AS
WITH dropped AS (
    SELECT
        gone.dataset,
        gone.business_date,
        MAX(gone.removed_at) FILTER (WHERE gone.place = 'landing') AS landing_dropped_at,
        MAX(gone.token) FILTER (WHERE gone.place = 'raw.' || kept.table_name) AS raw_dropped_by,
        MAX(gone.removed_at) AS dropped_at
    FROM ops.retention_log AS gone
    INNER JOIN ops.dataset AS kept ON gone.dataset = kept.dataset
    WHERE gone.place IN ('landing', 'raw.' || kept.table_name)
    GROUP BY gone.dataset, gone.business_date
),

load_token AS (
    SELECT
        run_id,
        MAX(token) AS token
    FROM ops.load_log
    GROUP BY run_id
),

known AS (
    SELECT
        fact.*,
        dropped.dropped_at,
        CASE
            WHEN fact.load_run_id IS NULL
                THEN dropped.landing_dropped_at > COALESCE(fact.landed_at, '-infinity')
            ELSE dropped.raw_dropped_by > load_token.token
        END AS is_dropped
    FROM ops.v_book_facts AS fact
    LEFT JOIN dropped
        ON fact.dataset = dropped.dataset AND fact.business_date = dropped.business_date
    LEFT JOIN load_token ON fact.load_run_id = load_token.run_id
),

judged AS (
    SELECT
        dataset,
        business_date,
        CASE
            WHEN is_dropped THEN 'dropped'
            WHEN load_run_id IS NULL AND refused_at IS NOT NULL AND NOT is_landing_newer
                THEN 'quality failed'
            WHEN load_run_id IS NULL THEN 'not loaded'
            WHEN is_landing_newer THEN 'check is older than the landing'
            WHEN refused_at IS NOT NULL THEN 'quality failed'
            WHEN is_load_older THEN 'load is older than the check'
            WHEN NOT adds_up THEN 'does not add up'
            WHEN marts_older > 0 THEN 'marts are older than the load'
            WHEN marts_built < marts_known THEN 'marts are missing'
            ELSE 'balances'
        END AS state,
        is_dropped IS NOT TRUE
        AND load_run_id IS NOT NULL
        AND adds_up
        AND NOT is_load_older
        AND marts_built = marts_known AS balances,
        lines_read,
        clean,
        rejected,
        loaded,
        marts_built,
        marts_known,
        marts_behind,
        landed_at,
        published_at,
        refused_at,
        loaded_at,
        built_at,
        failed_checks,
        is_landing_newer,
        landing_run_id,
        published_run_id,
        refused_run_id,
        checked_by,
        load_run_id,
        TO_CHAR(dropped_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD') AS dropped,
        TO_CHAR(landed_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS landed,
        TO_CHAR(published_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS published,
        TO_CHAR(refused_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS refused,
        TO_CHAR(loaded_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS was_loaded
    FROM known
),

to_mend AS (
    SELECT
        dataset,
        business_date,
        state,
        balances,
        lines_read,
        clean,
        rejected,
        loaded,
        marts_built,
        marts_known,
        marts_behind,
        landed_at,
        published_at,
        refused_at,
        loaded_at,
        built_at,
        failed_checks,
        is_landing_newer,
        landing_run_id,
        published_run_id,
        refused_run_id,
        checked_by,
        load_run_id,
        dropped,
        landed,
        published,
        refused,
        was_loaded,
        CASE
            WHEN state IN ('balances', 'dropped') THEN ''
            -- No step helps before somebody has looked.
            WHEN state = 'quality failed' THEN 'report'
            WHEN
                state = 'check is older than the landing'
                OR (
                    state = 'not loaded'
                    AND landed_at IS NOT NULL
                    AND (published_at IS NULL OR refused_at IS NOT NULL OR is_landing_newer)
                )
                THEN 'validate load marts report'
            WHEN state = 'not loaded' AND published_at IS NULL THEN 'run'
            WHEN state IN ('marts are older than the load', 'marts are missing')
                THEN 'marts report'
            ELSE 'load marts report'
        END AS repair
    FROM judged
)

SELECT
    dataset,
    business_date,
    state,
    balances,
    CASE
        WHEN state = 'balances' AND checked_by IS NULL
            THEN 'loaded before schema version 7: which check it came from was not recorded'
        WHEN state = 'balances' THEN ''
        WHEN state = 'dropped'
            THEN 'its time was over: removed by retention on ' || dropped
        WHEN state = 'quality failed' AND load_run_id IS NULL
            THEN
                'refused by its checks on ' || refused || ' (' || failed_checks
                || '), nothing is loaded; see'
        WHEN state = 'quality failed'
            THEN
                'a newer check refused the day on ' || refused || ' (' || failed_checks
                || '), the tables hold the load of ' || was_loaded
                || CASE WHEN balances THEN ', which balances' ELSE ', which does not balance' END
                || '; see'
        WHEN state = 'not loaded' AND repair = 'run' THEN 'no extraction ended well;'
        WHEN repair = 'validate load marts report'
            THEN 'extracted on ' || landed || ' and not checked since;'
        WHEN state = 'not loaded'
            THEN 'passed its checks on ' || published || ' and was not loaded since;'
        WHEN state = 'load is older than the check'
            THEN
                'checked again on ' || published || ', the tables hold the load of ' || was_loaded
                || ';'
        WHEN state = 'does not add up'
            THEN 'the ledger''s own sums do not hold for load ' || load_run_id || ';'
        ELSE marts_behind || ': not built from the load of ' || was_loaded || ';'
    END
    || CASE WHEN repair = '' THEN '' ELSE ' make ' || repair || ' DS=' || business_date END
    || CASE
        WHEN state = 'quality failed' THEN ', have it mended, then make run DS=' || business_date
        ELSE ''
    END AS reason,
    repair,
    lines_read,
    clean,
    rejected,
    loaded,
    marts_built,
    marts_known,
    marts_behind,
    landed_at,
    published_at,
    refused_at,
    loaded_at,
    built_at,
    landing_run_id,
    published_run_id,
    refused_run_id,
    checked_by,
    load_run_id
FROM to_mend;

COMMENT ON COLUMN ops.v_books.state IS
'balances; dropped (by retention, its time was over); not loaded; quality failed (the last check refused the day); check is older than the landing; load is older than the check; marts are older than the load; marts are missing; does not add up. The first that holds, in the order of the jobs.';

CREATE OR REPLACE VIEW mart.v_freshness AS
WITH last_build AS (
    SELECT DISTINCT ON (mart, business_date)
        mart,
        business_date,
        load_run_id,
        row_count,
        built_at
    FROM ops.mart_log
    ORDER BY mart ASC, business_date ASC, token DESC, built_at DESC
),

-- A clean file lies in a folder named after the run that checked it: so loads of before schema
-- version 7, which did not write that down, have their pass rate too.
load AS (
    SELECT
        run_id,
        COALESCE(MIN(checked_by), MIN(SPLIT_PART(file, '/', 1))) AS checked_by,
        MAX(loaded_at) AS loaded_at
    FROM ops.load_log
    GROUP BY run_id
),

pass_rate AS (
    SELECT
        run_id,
        MIN(pass_rate) AS lowest
    FROM ops.quality_check_log
    WHERE severity = 'fail'
    GROUP BY run_id
),

landing AS (
    SELECT
        checked.run_id AS checked_by,
        MIN(extraction.started_at) AS landed_at
    FROM ops.checked_file AS checked
    INNER JOIN ops.pipeline_run_log AS extraction ON checked.landing_run_id = extraction.run_id
    GROUP BY checked.run_id
),

dropped AS (
    SELECT
        place,
        business_date,
        MAX(removed_at) AS dropped_at
    FROM ops.retention_log
    GROUP BY place, business_date
),

mart_day AS (
    SELECT
        known.mart,
        book.business_date,
        book.state AS book_state,
        build.load_run_id IS NOT NULL AS is_built,
        COALESCE(dropped.dropped_at > build.built_at, FALSE) AS is_dropped,
        COALESCE(build.load_run_id = book.load_run_id, FALSE) AS is_of_last_load,
        COALESCE(landing.landed_at, load.loaded_at)
        >= CAST(book.business_date + 1 AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul' AS is_day_over,
        load.loaded_at AS as_of,
        build.built_at,
        pass_rate.lowest AS pass_rate,
        build.row_count
    FROM ops.v_books AS book
    INNER JOIN ops.mart AS known ON book.dataset = known.dataset
    LEFT JOIN last_build AS build
        ON known.mart = build.mart AND book.business_date = build.business_date
    LEFT JOIN dropped
        ON
            'mart.' || known.mart = dropped.place
            AND book.business_date = dropped.business_date
    LEFT JOIN load ON build.load_run_id = load.run_id
    LEFT JOIN landing ON load.checked_by = landing.checked_by
    LEFT JOIN pass_rate ON load.checked_by = pass_rate.run_id
),

told AS (
    SELECT
        mart,
        business_date,
        CASE
            WHEN is_dropped THEN 'dropped'
            WHEN NOT is_built THEN 'not built'
            WHEN NOT is_of_last_load THEN 'newer data is loaded'
            WHEN book_state = 'check is older than the landing' THEN 'newer data has come'
            WHEN book_state = 'quality failed' THEN 'newer data was refused'
            WHEN book_state = 'load is older than the check' THEN 'newer data is checked'
            WHEN book_state = 'does not add up' THEN 'does not add up'
            WHEN NOT is_day_over THEN 'the day was not over'
            ELSE 'final'
        END AS state,
        as_of,
        built_at,
        pass_rate,
        row_count
    FROM mart_day
)

SELECT
    mart,
    business_date,
    state = 'final' AS is_final,
    state,
    as_of,
    built_at,
    pass_rate,
    row_count
FROM told;

COMMENT ON COLUMN mart.v_freshness.state IS
'final; dropped (by retention, its time was over); not built; newer data is loaded, is checked, was refused or has come (the mart shows what was there before it); the day was not over (when its data was extracted); does not add up.';

SELECT ops.grant_to(FORMAT('CONNECT ON DATABASE %I', CURRENT_DATABASE()), 'jangbu_custodian');
SELECT ops.grant_to('USAGE ON SCHEMA hold, ops', 'jangbu_custodian');
SELECT ops.grant_to(
    'SELECT ON hold.record, ops.erasure, ops.erasure_log, ops.retention_log', 'jangbu_custodian'
);
-- Extractions and replays ask who was erased.
SELECT ops.grant_to('SELECT ON ops.erased_subject, ops.erasure_key', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader']) AS role_name;
SELECT ops.grant_to('INSERT ON ops.erased_subject', 'jangbu_loader');
SELECT ops.grant_to('SELECT, INSERT, UPDATE ON ops.erasure', 'jangbu_loader');
SELECT ops.grant_to('SELECT, INSERT ON ops.erasure_log, ops.retention_log', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON ops.mart', 'jangbu_loader');
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'find_subject(TEXT, TEXT)', 'redact_subject(TEXT, TEXT, TEXT)', 'digest_of_day(TEXT, DATE)',
    'erase_day(TEXT, DATE, BIGINT, TEXT, TEXT, UUID[], DATE, TEXT[], INTERVAL[], TEXT[], TEXT)',
    'erase_mart_day(TEXT, TEXT, DATE, BIGINT, TEXT, TEXT)',
    'days_out_of_time(TEXT, TEXT, DATE)', 'destroy_held(DATE)', 'count_held_before(DATE)',
    'drop_day(TEXT, TEXT, DATE, BIGINT, DATE, TEXT[], INTERVAL[], TEXT[])'
]) AS signature;
