-- Why: the books of a day are proved where the commit happens: what is loaded is what was checked,
-- a mart's day comes from a load that committed, and one view says of every day whether it balances.

-- In constraints, so it may never change its answer for the same counts.
CREATE FUNCTION ops.sum_of_counts(counts JSONB) RETURNS NUMERIC
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
    SELECT COALESCE(SUM(CAST(value AS NUMERIC)), 0) FROM JSONB_EACH_TEXT(counts)
$$;
COMMENT ON FUNCTION ops.sum_of_counts(JSONB) IS
'The sum of an object''s numbers; fails where one is none.';

CREATE TABLE ops.mart (
    mart TEXT PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES ops.dataset (dataset)
);
COMMENT ON TABLE ops.mart IS
'The marts a day of each dataset should have; the books of a day ask for each of them.';
INSERT INTO ops.mart (mart, dataset)
VALUES
('mart_funnel_daily', 'events'),
('mart_orders', 'events'),
('mart_product_daily', 'events'),
('mart_user_daily', 'events');

-- Written by transform-job in the transaction that publishes the clean files.
CREATE TABLE ops.checked_file (
    run_id TEXT NOT NULL,
    file TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    landing_run_id TEXT NOT NULL,
    landing_file TEXT NOT NULL,
    landing_sha256 TEXT NOT NULL,
    lines BIGINT NOT NULL,
    clean BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    rejected_by_reason JSONB NOT NULL,
    sha256 TEXT NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (run_id, file),
    CONSTRAINT what_a_load_must_match UNIQUE (
        run_id, file, dataset, slice, business_date, sha256, lines, clean, rejected
    ),
    CONSTRAINT counts_are_not_negative CHECK (lines >= 0 AND clean >= 0 AND rejected >= 0),
    CONSTRAINT lines_are_clean_or_rejected CHECK (lines = clean + rejected),
    CONSTRAINT reasons_add_up_to_rejected CHECK (
        ops.sum_of_counts(rejected_by_reason) = rejected
    )
);
CREATE INDEX ON ops.checked_file (business_date, dataset, slice, token);
COMMENT ON TABLE ops.checked_file IS
'One row a clean file that was published: what transform-job checked, and what may be loaded. A day without a file has one row, (no file).';
COMMENT ON COLUMN ops.checked_file.run_id IS 'The run of transform-job.';
COMMENT ON COLUMN ops.checked_file.landing_run_id IS
'The run of extract-job whose landing was checked.';
COMMENT ON COLUMN ops.checked_file.landing_sha256 IS
'Of the bytes that were checked, as they lie in the landing.';
COMMENT ON COLUMN ops.checked_file.sha256 IS 'Of the clean file''s bytes.';

-- Loads of before this migration stay as they are: nobody wrote down which check they came from.
ALTER TABLE ops.load_log ADD COLUMN checked_by TEXT;
ALTER TABLE ops.load_log
ADD CONSTRAINT came_from_a_check CHECK (checked_by IS NOT NULL) NOT VALID,
ADD CONSTRAINT reasons_add_up_to_rejected
CHECK (ops.sum_of_counts(rejected_by_reason) = rejected) NOT VALID,
ADD CONSTRAINT is_what_was_checked FOREIGN KEY (
    checked_by, file, dataset, slice, business_date, sha256, lines_read, clean, rejected
)
REFERENCES ops.checked_file (
    run_id, file, dataset, slice, business_date, sha256, lines, clean, rejected
),
ADD CONSTRAINT what_a_mart_is_built_from UNIQUE (run_id, file, dataset, business_date);
COMMENT ON COLUMN ops.load_log.checked_by IS
'The run of transform-job that checked the file; NULL in loads of before schema version 7.';

-- Written by mart-job in the transaction that replaces the mart's day.
CREATE TABLE ops.mart_log (
    run_id TEXT PRIMARY KEY,
    mart TEXT NOT NULL REFERENCES ops.mart (mart),
    dataset TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    load_run_id TEXT NOT NULL,
    load_file TEXT NOT NULL,
    source_rows BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    built_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    CONSTRAINT built_from_a_load FOREIGN KEY (load_run_id, load_file, dataset, business_date)
    REFERENCES ops.load_log (run_id, file, dataset, business_date),
    CONSTRAINT counts_are_not_negative CHECK (source_rows >= 0 AND row_count >= 0)
);
CREATE INDEX ON ops.mart_log (business_date, mart, token);
COMMENT ON TABLE ops.mart_log IS
'One row a build that committed: which load a mart''s day was built from, and how many rows it has.';
COMMENT ON COLUMN ops.mart_log.load_run_id IS 'The run of load-job that loaded the day.';
COMMENT ON COLUMN ops.mart_log.load_file IS
'The first of that load''s files: it ties the build to a load that committed.';
COMMENT ON COLUMN ops.mart_log.source_rows IS 'Rows the load left in the raw table.';

-- What was built before this migration, as its runs told: the last build of each mart and day, from
-- the last load before it.
WITH last_build AS (
    SELECT DISTINCT ON (run.slice, run.dataset, run.business_date)
        run.run_id,
        run.slice AS mart,
        run.dataset,
        run.business_date,
        run.token,
        run.facts,
        run.started_at,
        run.finished_at
    FROM ops.pipeline_run_log AS run
    INNER JOIN ops.mart AS known ON run.slice = known.mart AND run.dataset = known.dataset
    WHERE
        run.job = 'mart-job'
        AND run.status = 'done'
        AND JSONB_TYPEOF(run.facts -> 'rows') = 'number'
    ORDER BY
        run.slice ASC, run.dataset ASC, run.business_date ASC, run.started_at DESC, run.token DESC
),

load AS (
    SELECT
        run_id,
        dataset,
        business_date,
        MIN(file) AS file,
        SUM(in_table) AS in_table,
        MAX(loaded_at) AS loaded_at
    FROM ops.load_log
    WHERE slice = 'all'
    GROUP BY run_id, dataset, business_date
),

build_of_load AS (
    SELECT DISTINCT ON (last_build.mart, last_build.dataset, last_build.business_date)
        last_build.run_id,
        last_build.mart,
        last_build.dataset,
        last_build.business_date,
        last_build.token,
        load.run_id AS load_run_id,
        load.file AS load_file,
        load.in_table AS source_rows,
        CAST(last_build.facts -> 'rows' AS BIGINT) AS row_count,
        COALESCE(last_build.finished_at, last_build.started_at) AS built_at
    FROM last_build
    INNER JOIN load
        ON
            last_build.dataset = load.dataset
            AND last_build.business_date = load.business_date
            AND last_build.started_at >= load.loaded_at
    ORDER BY
        last_build.mart ASC,
        last_build.dataset ASC,
        last_build.business_date ASC,
        load.loaded_at DESC
)

INSERT INTO ops.mart_log (
    run_id,
    mart,
    dataset,
    business_date,
    token,
    load_run_id,
    load_file,
    source_rows,
    row_count,
    built_at
)
SELECT
    run_id,
    mart,
    dataset,
    business_date,
    token,
    load_run_id,
    load_file,
    source_rows,
    row_count,
    built_at
FROM build_of_load;

-- The facts of each day side by side; v_books puts them into words.
CREATE VIEW ops.v_book_facts AS
WITH known_day AS (
    SELECT
        dataset,
        business_date
    FROM ops.pipeline_run_log
    WHERE NOT (job = 'mart-job' AND slice = 'report')
    UNION DISTINCT
    SELECT
        dataset,
        business_date
    FROM ops.quality_check_log
    UNION DISTINCT
    SELECT
        dataset,
        business_date
    FROM ops.load_log
),

-- A run that found nothing to add names the landing it left in place.
last_extraction AS (
    SELECT DISTINCT ON (dataset, business_date)
        dataset,
        business_date,
        COALESCE(facts ->> 'landing_run', run_id) AS run_id,
        started_at
    FROM ops.pipeline_run_log
    WHERE job = 'extract-job' AND slice = 'all' AND status = 'done'
    ORDER BY dataset ASC, business_date ASC, token DESC, started_at DESC
),

last_landing AS (
    SELECT
        extraction.dataset,
        extraction.business_date,
        extraction.run_id,
        extraction.started_at,
        landing.token
    FROM last_extraction AS extraction
    LEFT JOIN ops.pipeline_run_log AS landing ON extraction.run_id = landing.run_id
),

last_verdict AS (
    SELECT DISTINCT ON (dataset, business_date)
        dataset,
        business_date,
        run_id,
        day_status,
        checked_at
    FROM ops.quality_check_log
    WHERE slice = 'all'
    ORDER BY dataset ASC, business_date ASC, checked_at DESC, run_id DESC
),

refusal AS (
    SELECT
        verdict.dataset,
        verdict.business_date,
        verdict.run_id,
        verdict.checked_at AS refused_at,
        COALESCE(
            STRING_AGG(found.check_name, ', ' ORDER BY found.check_name)
            FILTER (WHERE found.status = 'fail' AND found.severity = 'fail'),
            'no events'
        ) AS failed_checks
    FROM last_verdict AS verdict
    INNER JOIN ops.quality_check_log AS found ON verdict.run_id = found.run_id
    WHERE verdict.day_status = 'fail'
    GROUP BY verdict.dataset, verdict.business_date, verdict.run_id, verdict.checked_at
),

last_published AS (
    SELECT DISTINCT ON (dataset, business_date)
        dataset,
        business_date,
        run_id
    FROM ops.checked_file
    WHERE slice = 'all'
    ORDER BY dataset ASC, business_date ASC, token DESC, checked_at DESC
),

published AS (
    SELECT
        last_published.dataset,
        last_published.business_date,
        last_published.run_id,
        MIN(checked.landing_run_id) AS landing_run_id,
        SUM(checked.lines) AS lines_read,
        SUM(checked.clean) AS clean,
        SUM(checked.rejected) AS rejected,
        MAX(checked.checked_at) AS checked_at
    FROM last_published
    INNER JOIN ops.checked_file AS checked ON last_published.run_id = checked.run_id
    GROUP BY last_published.dataset, last_published.business_date, last_published.run_id
),

last_load AS (
    SELECT DISTINCT ON (dataset, business_date)
        dataset,
        business_date,
        run_id
    FROM ops.load_log
    WHERE slice = 'all'
    ORDER BY dataset ASC, business_date ASC, token DESC, loaded_at DESC
),

loaded AS (
    SELECT
        last_load.dataset,
        last_load.business_date,
        last_load.run_id,
        MIN(file.checked_by) AS checked_by,
        SUM(file.lines_read) AS lines_read,
        SUM(file.clean) AS clean,
        SUM(file.rejected) AS rejected,
        SUM(file.in_table) AS in_table,
        MAX(file.loaded_at) AS loaded_at,
        BOOL_AND(
            file.lines_read = file.clean + file.rejected
            AND file.clean = file.copied
            AND file.copied = file.in_table
            AND ops.sum_of_counts(file.rejected_by_reason) = file.rejected
        ) AS adds_up
    FROM last_load
    INNER JOIN ops.load_log AS file ON last_load.run_id = file.run_id
    GROUP BY last_load.dataset, last_load.business_date, last_load.run_id
),

last_build AS (
    SELECT DISTINCT ON (mart, business_date)
        mart,
        business_date,
        load_run_id,
        built_at
    FROM ops.mart_log
    ORDER BY mart ASC, business_date ASC, token DESC, built_at DESC
),

marts AS (
    SELECT
        loaded.dataset,
        loaded.business_date,
        COUNT(*) AS marts_known,
        COUNT(*) FILTER (WHERE build.load_run_id = loaded.run_id) AS marts_built,
        COUNT(*) FILTER (WHERE build.load_run_id <> loaded.run_id) AS marts_older,
        STRING_AGG(known.mart, ', ' ORDER BY known.mart)
        FILTER (WHERE build.load_run_id IS DISTINCT FROM loaded.run_id) AS marts_behind,
        MAX(build.built_at) AS built_at
    FROM loaded
    INNER JOIN ops.mart AS known ON loaded.dataset = known.dataset
    LEFT JOIN last_build AS build
        ON known.mart = build.mart AND loaded.business_date = build.business_date
    GROUP BY loaded.dataset, loaded.business_date
)

SELECT
    known_day.dataset,
    known_day.business_date,
    last_landing.run_id AS landing_run_id,
    last_landing.started_at AS landed_at,
    published.run_id AS published_run_id,
    published.checked_at AS published_at,
    refusal.run_id AS refused_run_id,
    refusal.refused_at,
    refusal.failed_checks,
    loaded.run_id AS load_run_id,
    loaded.checked_by,
    loaded.loaded_at,
    COALESCE(loaded.lines_read, published.lines_read) AS lines_read,
    COALESCE(loaded.clean, published.clean) AS clean,
    COALESCE(loaded.rejected, published.rejected) AS rejected,
    loaded.in_table AS loaded,
    COALESCE(loaded.adds_up, FALSE) AS adds_up,
    COALESCE(marts.marts_known, 0) AS marts_known,
    COALESCE(marts.marts_built, 0) AS marts_built,
    COALESCE(marts.marts_older, 0) AS marts_older,
    marts.marts_behind,
    marts.built_at,
    -- By token: an extraction that was killed behind its publication has been checked all the same.
    -- Where a run of before version 7 did not say which landing it read, nothing is claimed.
    COALESCE(last_landing.token > checked_landing.token, FALSE) AS is_landing_newer,
    COALESCE(published.run_id <> COALESCE(loaded.checked_by, ''), FALSE) AS is_load_older
FROM known_day
LEFT JOIN last_landing
    ON
        known_day.dataset = last_landing.dataset
        AND known_day.business_date = last_landing.business_date
LEFT JOIN refusal
    ON
        known_day.dataset = refusal.dataset
        AND known_day.business_date = refusal.business_date
LEFT JOIN ops.pipeline_run_log AS refused_run ON refusal.run_id = refused_run.run_id
LEFT JOIN published
    ON
        known_day.dataset = published.dataset
        AND known_day.business_date = published.business_date
LEFT JOIN ops.pipeline_run_log AS checked_landing
    ON
        CASE
            WHEN refusal.run_id IS NULL THEN published.landing_run_id
            ELSE refused_run.facts ->> 'landing_run'
        END = checked_landing.run_id
LEFT JOIN loaded
    ON
        known_day.dataset = loaded.dataset
        AND known_day.business_date = loaded.business_date
LEFT JOIN marts
    ON
        known_day.dataset = marts.dataset
        AND known_day.business_date = marts.business_date;
COMMENT ON VIEW ops.v_book_facts IS
'What the ledger knows of each day: the last landing, checks, load and builds. Read v_books.';

CREATE VIEW ops.v_books AS
WITH judged AS (
    SELECT
        dataset,
        business_date,
        CASE
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
        load_run_id IS NOT NULL
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
        TO_CHAR(landed_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS landed,
        TO_CHAR(published_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS published,
        TO_CHAR(refused_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS refused,
        TO_CHAR(loaded_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI') AS was_loaded
    FROM ops.v_book_facts
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
        landed,
        published,
        refused,
        was_loaded,
        CASE
            WHEN state = 'balances' THEN ''
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

COMMENT ON VIEW ops.v_books IS
'The books, one row a day that anything is known of: whether what is loaded is what was last checked and every mart comes from it, and what to do where not.';
COMMENT ON COLUMN ops.v_books.state IS
'balances; not loaded; quality failed (the last check refused the day); check is older than the landing; load is older than the check; marts are older than the load; marts are missing; does not add up. The first that holds, in the order of the jobs.';
COMMENT ON COLUMN ops.v_books.balances IS
'Whether what is loaded balances: the last load is the last check that passed, its sums hold, and every mart was built from it. Also true beside a state that tells of something newer, such as quality failed.';
COMMENT ON COLUMN ops.v_books.reason IS
'What is amiss and the command that mends it; empty where the day balances. Times are Asia/Seoul.';
COMMENT ON COLUMN ops.v_books.repair IS
'The steps of bin/run-day, or targets of make, that mend the day: run is all of them, report is to look first; empty where it balances.';
COMMENT ON COLUMN ops.v_books.lines_read IS
'Lines of the load, or of the last check that passed where nothing is loaded; so clean and rejected.';
COMMENT ON COLUMN ops.v_books.loaded IS
'Rows in the raw table, counted in the load''s transaction; empty where the day was never loaded.';
COMMENT ON COLUMN ops.v_books.marts_built IS 'Marts built from the last load.';
COMMENT ON COLUMN ops.v_books.marts_known IS 'Marts a loaded day should have.';
COMMENT ON COLUMN ops.v_books.marts_behind IS
'Marts that were not built from the last load, by name; empty where all were.';
COMMENT ON COLUMN ops.v_books.landed_at IS 'When the last extraction that ended well began.';
COMMENT ON COLUMN ops.v_books.published_at IS 'When the last check that passed was published.';
COMMENT ON COLUMN ops.v_books.refused_at IS
'When the day was refused; empty unless that was its last check.';
COMMENT ON COLUMN ops.v_books.checked_by IS
'The run of transform-job the load came from; empty for loads of before schema version 7.';

CREATE VIEW mart.v_freshness AS
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

mart_day AS (
    SELECT
        known.mart,
        book.business_date,
        book.state AS book_state,
        build.load_run_id IS NOT NULL AS is_built,
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
    LEFT JOIN load ON build.load_run_id = load.run_id
    LEFT JOIN landing ON load.checked_by = landing.checked_by
    LEFT JOIN pass_rate ON load.checked_by = pass_rate.run_id
),

told AS (
    SELECT
        mart,
        business_date,
        CASE
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

COMMENT ON VIEW mart.v_freshness IS
'One row per mart and business date: whether the mart''s day is final, as of when its data is, and at what pass rate. A day no job has run for has no row.';
COMMENT ON COLUMN mart.v_freshness.mart IS
'The mart''s name, such as mart_orders.';
COMMENT ON COLUMN mart.v_freshness.business_date IS
'Business date: a calendar day in Asia/Seoul.';
COMMENT ON COLUMN mart.v_freshness.is_final IS
'Whether the mart''s day holds all that has come for it: extracted after the day''s end, checked, loaded, built, and nothing newer on its way. A late file makes it not final until the day is done again.';
COMMENT ON COLUMN mart.v_freshness.state IS
'final; not built; newer data is loaded, is checked, was refused or has come (the mart shows what was there before it); the day was not over (when its data was extracted); does not add up.';
COMMENT ON COLUMN mart.v_freshness.as_of IS
'When the data the mart''s day was built from was loaded; NULL where it was not built.';
COMMENT ON COLUMN mart.v_freshness.built_at IS
'When the mart''s day was built; NULL where it was not.';
COMMENT ON COLUMN mart.v_freshness.pass_rate IS
'Lowest pass rate, from 0 to 1, among the checks that can stop a day, of the data the mart''s day was built from; NULL where it was not built.';
COMMENT ON COLUMN mart.v_freshness.row_count IS
'Rows of the mart''s day; 0 is a day that was built and has none, NULL one that was not built.';

SELECT ops.grant_to('SELECT, INSERT ON ops.checked_file', 'jangbu_job');
SELECT ops.grant_to('SELECT, INSERT ON ops.mart_log', 'jangbu_mart');
SELECT ops.grant_to('SELECT ON ops.checked_file', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('SELECT ON ops.mart', 'jangbu_mart');
SELECT ops.grant_to('SELECT ON ops.v_books', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('SELECT ON mart.v_freshness', role_name)
FROM UNNEST(ARRAY['jangbu_analyst', 'jangbu_mart']) AS role_name;
