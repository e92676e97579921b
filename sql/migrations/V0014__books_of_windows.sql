-- Why: the books tell of windows that are merged by key as well: one row a dataset, account and day; and what looks
-- through all datasets (retention, erasure) knows their tables.
ALTER VIEW ops.v_books RENAME TO v_day_books;
COMMENT ON VIEW ops.v_day_books IS
'The books of datasets whose days are replaced. Read v_books.';

CREATE VIEW ops.v_window_books AS
WITH known_window AS (
    SELECT
        run.dataset,
        run.slice,
        run.business_date
    FROM ops.pipeline_run_log AS run
    INNER JOIN ops.dataset AS kind ON run.dataset = kind.dataset
    WHERE
        kind.load_method = 'merge_window'
        AND run.job IN ('extract-job', 'transform-job', 'load-job')
    UNION DISTINCT
    SELECT
        entry.dataset,
        entry.slice,
        entry.business_date
    FROM ops.load_log AS entry
    INNER JOIN ops.dataset AS kind ON entry.dataset = kind.dataset
    WHERE kind.load_method = 'merge_window'
),

-- A run that found nothing to add names the landing it left in place.
last_landing AS (
    SELECT DISTINCT ON (extraction.dataset, extraction.slice, extraction.business_date)
        extraction.dataset,
        extraction.slice,
        extraction.business_date,
        extraction.started_at,
        landing.token,
        COALESCE(extraction.facts ->> 'landing_run', extraction.run_id) AS run_id
    FROM ops.pipeline_run_log AS extraction
    LEFT JOIN ops.pipeline_run_log AS landing
        ON COALESCE(extraction.facts ->> 'landing_run', extraction.run_id) = landing.run_id
    WHERE extraction.job = 'extract-job' AND extraction.status = 'done'
    ORDER BY
        extraction.dataset ASC,
        extraction.slice ASC,
        extraction.business_date ASC,
        extraction.token DESC
),

last_verdict AS (
    SELECT DISTINCT ON (dataset, slice, business_date)
        dataset,
        slice,
        business_date,
        run_id,
        day_status,
        checked_at
    FROM ops.quality_check_log
    ORDER BY
        dataset ASC,
        slice ASC,
        business_date ASC,
        checked_at DESC,
        run_id DESC
),

refusal AS (
    SELECT
        verdict.dataset,
        verdict.slice,
        verdict.business_date,
        verdict.run_id,
        verdict.checked_at AS refused_at,
        COALESCE(
            STRING_AGG(found.check_name, ', ' ORDER BY found.check_name)
            FILTER (WHERE found.status = 'fail' AND found.severity = 'fail'),
            'no records'
        ) AS failed_checks
    FROM last_verdict AS verdict
    INNER JOIN ops.quality_check_log AS found ON verdict.run_id = found.run_id
    WHERE verdict.day_status = 'fail'
    GROUP BY
        verdict.dataset,
        verdict.slice,
        verdict.business_date,
        verdict.run_id,
        verdict.checked_at
),

last_published AS (
    SELECT DISTINCT ON (dataset, slice, business_date)
        dataset,
        slice,
        business_date,
        run_id
    FROM ops.checked_file
    ORDER BY dataset ASC, slice ASC, business_date ASC, token DESC, checked_at DESC
),

published AS (
    SELECT
        last_published.dataset,
        last_published.slice,
        last_published.business_date,
        last_published.run_id,
        MIN(checked.landing_run_id) AS landing_run_id,
        SUM(checked.lines) AS lines_read,
        SUM(checked.clean) AS clean,
        SUM(checked.rejected) AS rejected,
        MAX(checked.checked_at) AS checked_at
    FROM last_published
    INNER JOIN ops.checked_file AS checked ON last_published.run_id = checked.run_id
    GROUP BY
        last_published.dataset,
        last_published.slice,
        last_published.business_date,
        last_published.run_id
),

last_load AS (
    SELECT DISTINCT ON (dataset, slice, business_date)
        dataset,
        slice,
        business_date,
        run_id
    FROM ops.load_log
    ORDER BY dataset ASC, slice ASC, business_date ASC, token DESC, loaded_at DESC
),

loaded AS (
    SELECT
        last_load.dataset,
        last_load.slice,
        last_load.business_date,
        last_load.run_id,
        MIN(entry.checked_by) AS checked_by,
        SUM(entry.lines_read) AS lines_read,
        SUM(entry.clean) AS clean,
        SUM(entry.rejected) AS rejected,
        SUM(entry.copied) AS copied,
        MAX(entry.loaded_at) AS loaded_at,
        BOOL_AND(
            entry.lines_read = entry.clean + entry.rejected
            AND entry.clean = entry.copied
            AND entry.copied = entry.inserted + entry.updated + entry.unchanged + entry.superseded
        ) AS adds_up
    FROM last_load
    INNER JOIN ops.load_log AS entry ON last_load.run_id = entry.run_id
    GROUP BY
        last_load.dataset,
        last_load.slice,
        last_load.business_date,
        last_load.run_id
),

window_load AS (
    SELECT DISTINCT
        run_id,
        dataset,
        slice,
        business_date
    FROM ops.load_log
),

-- Days of marts the loads of a window changed, and of those what a build has seen: a window that is loaded again changes
-- nothing, and what its first load changed may still wait.
touched AS (
    SELECT
        window_load.dataset,
        window_load.slice,
        window_load.business_date,
        COUNT(*) AS marts_known,
        COUNT(rebuilt.run_id) AS marts_built,
        STRING_AGG(DISTINCT reading.mart, ', ' ORDER BY reading.mart)
        FILTER (WHERE rebuilt.run_id IS NULL) AS marts_behind,
        MAX(rebuilt.rebuilt_at) AS built_at
    FROM ops.touched_day
    INNER JOIN window_load ON touched_day.run_id = window_load.run_id
    INNER JOIN ops.mart_reads AS reading ON touched_day.dataset = reading.dataset
    LEFT JOIN ops.v_frozen_day AS frozen ON reading.mart = frozen.mart
    LEFT JOIN ops.rebuilt_day AS rebuilt
        ON
            reading.mart = rebuilt.mart
            AND touched_day.dataset = rebuilt.dataset
            AND touched_day.business_date = rebuilt.business_date
            AND touched_day.run_id = rebuilt.run_id
    -- As ops.v_touched_mart_day: a mart waits for what it is of to be loaded at all, and no day waits for rows that are gone.
    WHERE
        (frozen.frozen_until IS NULL OR touched_day.business_date > frozen.frozen_until)
        AND EXISTS (
            SELECT 1
            FROM ops.mart AS known
            INNER JOIN ops.load_log AS loaded ON known.dataset = loaded.dataset
            WHERE known.mart = reading.mart
        )
    GROUP BY window_load.dataset, window_load.slice, window_load.business_date
),

fact AS (
    SELECT
        known_window.dataset,
        known_window.slice,
        known_window.business_date,
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
        loaded.copied AS loaded,
        COALESCE(loaded.adds_up, FALSE) AS adds_up,
        COALESCE(touched.marts_known, 0) AS marts_known,
        COALESCE(touched.marts_built, 0) AS marts_built,
        touched.marts_behind,
        touched.built_at,
        COALESCE(last_landing.token > checked_landing.token, FALSE) AS is_landing_newer,
        COALESCE(published.run_id <> loaded.checked_by, FALSE) AS is_load_older,
        SPLIT_PART(known_window.slice, '.', 1) AS account_id,
        CASE WHEN known_window.slice LIKE '%.reconcile' THEN ' --reconcile' ELSE '' END AS reading
    FROM known_window
    LEFT JOIN last_landing
        ON
            known_window.dataset = last_landing.dataset
            AND known_window.slice = last_landing.slice
            AND known_window.business_date = last_landing.business_date
    LEFT JOIN refusal
        ON
            known_window.dataset = refusal.dataset
            AND known_window.slice = refusal.slice
            AND known_window.business_date = refusal.business_date
    LEFT JOIN ops.pipeline_run_log AS refused_run ON refusal.run_id = refused_run.run_id
    LEFT JOIN published
        ON
            known_window.dataset = published.dataset
            AND known_window.slice = published.slice
            AND known_window.business_date = published.business_date
    LEFT JOIN ops.pipeline_run_log AS checked_landing
        ON
            CASE
                WHEN refusal.run_id IS NULL THEN published.landing_run_id
                ELSE refused_run.facts ->> 'landing_run'
            END = checked_landing.run_id
    LEFT JOIN loaded
        ON
            known_window.dataset = loaded.dataset
            AND known_window.slice = loaded.slice
            AND known_window.business_date = loaded.business_date
    LEFT JOIN touched
        ON
            loaded.dataset = touched.dataset
            AND loaded.slice = touched.slice
            AND loaded.business_date = touched.business_date
),

judged AS (
    SELECT
        dataset,
        business_date,
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
        load_run_id,
        slice,
        adds_up,
        is_load_older,
        is_landing_newer,
        failed_checks,
        account_id,
        reading,
        CASE
            WHEN
                load_run_id IS NULL AND refused_at IS NOT NULL AND NOT is_landing_newer
                THEN 'quality failed'
            WHEN load_run_id IS NULL THEN 'not loaded'
            WHEN is_landing_newer THEN 'check is older than the landing'
            WHEN refused_at IS NOT NULL THEN 'quality failed'
            WHEN is_load_older THEN 'load is older than the check'
            WHEN NOT adds_up THEN 'does not add up'
            WHEN marts_built < marts_known THEN 'marts are older than the load'
            ELSE 'balances'
        END AS state
    FROM fact
),

to_mend AS (
    SELECT
        dataset,
        business_date,
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
        load_run_id,
        slice,
        adds_up,
        is_load_older,
        is_landing_newer,
        failed_checks,
        account_id,
        reading,
        state,
        CASE
            WHEN state = 'balances' THEN ''
            WHEN state = 'quality failed' THEN 'report'
            WHEN state = 'check is older than the landing' THEN 'validate load marts'
            WHEN state = 'marts are older than the load' THEN 'marts'
            WHEN state <> 'not loaded' OR (published_at IS NOT NULL AND NOT is_landing_newer)
                THEN 'load marts'
            WHEN landed_at IS NOT NULL THEN 'validate load marts'
            ELSE 'run'
        END AS repair
    FROM judged
)

SELECT
    dataset,
    business_date,
    state,
    load_run_id IS NOT NULL
    AND adds_up
    AND NOT is_load_older
    AND marts_built = marts_known AS balances,
    CASE
        WHEN state = 'balances' THEN ''
        WHEN state = 'quality failed'
            THEN
                account_id || ': refused by its checks (' || failed_checks || '), '
                || CASE WHEN load_run_id IS NULL THEN 'nothing is' ELSE 'what was there stays' END
                || ' loaded; see its quality report'
        WHEN repair = 'marts'
            THEN
                marts_behind || ': not built since the load; mart-job build --dataset ' || dataset
                || ' --touched'
        ELSE
            account_id || ': '
            || CASE repair
                WHEN 'run' THEN 'no extraction ended well; extract-job '
                WHEN 'validate load marts' THEN 'extracted and not checked since; transform-job '
                ELSE 'checked and not loaded since; load-job '
            END
            || dataset || ' --account ' || account_id || ' --ds ' || business_date || reading
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
    load_run_id,
    slice
FROM to_mend;
COMMENT ON VIEW ops.v_window_books IS
'The books of datasets that are merged by key: one row a dataset, account and day. Read v_books.';

CREATE VIEW ops.v_books AS
SELECT
    book.dataset,
    book.business_date,
    book.state,
    book.balances,
    book.reason,
    book.repair,
    book.lines_read,
    book.clean,
    book.rejected,
    book.loaded,
    book.marts_built,
    book.marts_known,
    book.marts_behind,
    book.landed_at,
    book.published_at,
    book.refused_at,
    book.loaded_at,
    book.built_at,
    book.landing_run_id,
    book.published_run_id,
    book.refused_run_id,
    book.checked_by,
    book.load_run_id,
    'all' AS slice
FROM ops.v_day_books AS book
INNER JOIN ops.dataset AS kind ON book.dataset = kind.dataset
WHERE kind.load_method = 'replace_day'
UNION ALL
SELECT
    dataset,
    business_date,
    state,
    balances,
    reason,
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
    load_run_id,
    slice
FROM ops.v_window_books;
COMMENT ON VIEW ops.v_books IS
'The books, one row a dataset, slice and day that anything is known of: whether what is loaded is what was last checked and every mart shows it, and what to do where not.';
COMMENT ON COLUMN ops.v_books.state IS
'balances; dropped (by retention, its time was over); not loaded; quality failed (the last check refused the day); check is older than the landing; load is older than the check; marts are older than the load; marts are missing; does not add up. The first that holds, in the order of the jobs.';
COMMENT ON COLUMN ops.v_books.balances IS
'Whether what is loaded balances: the last load is the last check that passed, its sums hold, and every mart shows it. Also true beside a state that tells of something newer, such as quality failed.';
COMMENT ON COLUMN ops.v_books.reason IS
'What is amiss and the command that mends it; empty where the day balances. Times are Asia/Seoul.';
COMMENT ON COLUMN ops.v_books.repair IS
'The steps that mend the day: run is all of them, report is to look first; empty where it balances.';
COMMENT ON COLUMN ops.v_books.lines_read IS
'Lines of the load, or of the last check that passed where nothing is loaded; so clean and rejected.';
COMMENT ON COLUMN ops.v_books.loaded IS
'Rows in the raw table, counted in the load''s transaction, or rows that were merged; empty where nothing was loaded.';
COMMENT ON COLUMN ops.v_books.marts_built IS
'Marts built from the last load; of a merge, days of marts it changed that were built since.';
COMMENT ON COLUMN ops.v_books.marts_known IS
'Marts a loaded day should have; of a merge, days of marts it changed.';
COMMENT ON COLUMN ops.v_books.marts_behind IS
'Marts that do not show the last load, by name; empty where all do.';
COMMENT ON COLUMN ops.v_books.landed_at IS 'When the last extraction that ended well began.';
COMMENT ON COLUMN ops.v_books.published_at IS 'When the last check that passed was published.';
COMMENT ON COLUMN ops.v_books.refused_at IS
'When the day was refused; empty unless that was its last check.';
COMMENT ON COLUMN ops.v_books.checked_by IS
'The run of transform-job the load came from; empty for loads of before schema version 7.';
COMMENT ON COLUMN ops.v_books.slice IS
'all; where rows are merged by key, the account, with .reconcile behind it where records were read again.';

-- The day the last thing happened to an order that is kept of it: ordered, paid, a claim done. Its time counts from there.
CREATE FUNCTION ops.order_days_before(before DATE) RETURNS TABLE (
    account_id TEXT, order_id TEXT, last_day DATE
)
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT found.account_id, found.order_id, found.last_day
    FROM (
        SELECT
            placed.account_id, placed.order_id,
            GREATEST(placed.ordered_on, max(item.paid_on), max(item.claim_done_on)) AS last_day
        FROM raw.sales_order AS placed
        LEFT JOIN raw.order_item AS item
            ON item.account_id = placed.account_id AND item.order_id = placed.order_id
        WHERE placed.ordered_on < before
        GROUP BY placed.account_id, placed.order_id, placed.ordered_on
    ) AS found
    WHERE found.last_day < before
$$;
COMMENT ON FUNCTION ops.order_days_before(DATE) IS
'Orders to which nothing has happened since a day, with the day something last did.';
REVOKE ALL ON FUNCTION ops.order_days_before(DATE) FROM PUBLIC;

-- A refund that is not paid yet counts from when it was asked for.
CREATE FUNCTION ops.refund_day(
    completed_at TIMESTAMPTZ, requested_at TIMESTAMPTZ, observed_at TIMESTAMPTZ
) RETURNS DATE
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT (COALESCE(completed_at, requested_at, observed_at) AT TIME ZONE 'Asia/Seoul')::DATE
$$;
COMMENT ON FUNCTION ops.refund_day(TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ) IS 'The business date a refund''s time counts from.';
REVOKE ALL ON FUNCTION ops.refund_day(TIMESTAMPTZ, TIMESTAMPTZ, TIMESTAMPTZ) FROM PUBLIC;

-- As ops.v_touched_mart_day: a mart waits for what it is of to be loaded at all, and not for days whose rows are gone.
CREATE FUNCTION ops.awaiting_marts(of_dataset TEXT) RETURNS TABLE (mart TEXT, frozen_until DATE)
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT reading.mart, frozen.frozen_until
    FROM ops.mart_reads AS reading
    INNER JOIN ops.mart AS known ON reading.mart = known.mart
    LEFT JOIN ops.v_frozen_day AS frozen ON reading.mart = frozen.mart
    WHERE
        reading.dataset = of_dataset
        AND EXISTS (SELECT 1 FROM ops.load_log AS loaded WHERE loaded.dataset = known.dataset)
$$;
COMMENT ON FUNCTION ops.awaiting_marts(TEXT) IS
'The marts that have to see what loads of a dataset change, each of days after a date.';
REVOKE ALL ON FUNCTION ops.awaiting_marts(TEXT) FROM PUBLIC;

-- Touched days every mart has seen, of loads before a day.
CREATE FUNCTION ops.seen_days_before(of_dataset TEXT, before DATE) RETURNS SETOF ops.TOUCHED_DAY
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT t.* FROM ops.touched_day AS t
    WHERE
        t.dataset = of_dataset
        AND t.load_date < before
        AND NOT EXISTS (
            SELECT 1 FROM ops.awaiting_marts(of_dataset) AS waiting
            WHERE
                (waiting.frozen_until IS NULL OR t.business_date > waiting.frozen_until)
                AND NOT EXISTS (
                    SELECT 1 FROM ops.rebuilt_day AS rebuilt
                    WHERE
                        rebuilt.mart = waiting.mart
                        AND rebuilt.dataset = t.dataset
                        AND rebuilt.business_date = t.business_date
                        AND rebuilt.run_id = t.run_id
                )
        )
$$;
COMMENT ON FUNCTION ops.seen_days_before(TEXT, DATE) IS
'Days that loads before a day changed, and that every mart shows.';
REVOKE ALL ON FUNCTION ops.seen_days_before(TEXT, DATE) FROM PUBLIC;

-- Rows that are merged by key, of a day whose time is over; customers go with their last order. Marts of the day stay.
CREATE FUNCTION ops.drop_merged_day(of_dataset TEXT, of_day DATE) RETURNS BIGINT
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
        DELETE FROM raw.web_daily AS t WHERE t.traffic_date = of_day;
    ELSE
        RAISE EXCEPTION 'dataset: % (expected: one whose rows have a day: orders, refunds, web-traffic)', of_dataset;
    END IF;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION ops.drop_merged_day(TEXT, DATE) IS
'Removes the rows of a day of a dataset that is merged by key; returns how many.';
REVOKE ALL ON FUNCTION ops.drop_merged_day(TEXT, DATE) FROM PUBLIC;

-- As it was, but for rows that are merged by key.
CREATE OR REPLACE FUNCTION ops.drop_day(
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
    is_merged BOOLEAN := EXISTS (
        SELECT 1 FROM ops.dataset WHERE dataset = of_dataset AND load_method = 'merge_window'
    );
BEGIN
    PERFORM ops.require_token('load-job', of_dataset, 'all', of_day, of_token);
    held := 0;
    IF is_merged AND of_place = 'raw.' || parent THEN
        removed := ops.drop_merged_day(of_dataset, of_day);
    ELSIF of_place = 'raw.' || parent THEN
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
    ELSIF of_place = 'ops.touched_day' THEN
        WITH outdated AS MATERIALIZED (
            SELECT t.dataset, t.business_date, t.run_id FROM ops.seen_days_before(of_dataset, of_day + 1) AS t
            WHERE t.load_date = of_day
        ),
        rebuilt AS (
            DELETE FROM ops.rebuilt_day AS t USING outdated
            WHERE t.dataset = outdated.dataset AND t.business_date = outdated.business_date
                AND t.run_id = outdated.run_id
            RETURNING 1
        ),
        touched AS (
            DELETE FROM ops.touched_day AS t USING outdated
            WHERE t.dataset = outdated.dataset AND t.business_date = outdated.business_date
                AND t.run_id = outdated.run_id
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM rebuilt) + (SELECT count(*) FROM touched) INTO removed;
    ELSIF EXISTS (SELECT 1 FROM ops.mart WHERE of_place = 'mart.' || mart AND dataset = of_dataset) THEN
        EXECUTE format('DELETE FROM %s WHERE %I = $1', of_table, ops.day_column(of_table)) USING of_day;
        GET DIAGNOSTICS removed = ROW_COUNT;
    ELSE
        RAISE EXCEPTION 'place: % (expected: a raw table, a mart, or one of ops that has days)', of_place;
    END IF;
END
$$;

-- Other datasets' tables are no places of this one; of merged ones only what has days is a place.
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
        RETURN QUERY
        SELECT to_date(right(child.relname, 8), 'YYYYMMDD')
        FROM pg_inherits AS tree JOIN pg_class AS child ON child.oid = tree.inhrelid
        WHERE tree.inhparent = of_table AND to_date(right(child.relname, 8), 'YYYYMMDD') < before;
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
            RETURN QUERY SELECT DISTINCT t.traffic_date FROM raw.web_daily AS t WHERE t.traffic_date < before;
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

-- Files of windows are written anew with all their lines, and say of each what it is without the person.
ALTER TABLE ops.erasure_log ADD COLUMN redacted BIGINT NOT NULL DEFAULT 0 CHECK (redacted >= 0);
COMMENT ON COLUMN ops.erasure_log.redacted IS
'Lines and records that stay, without the person; of files that are merged by key.';

-- As it was, but for rejected records of windows, which stay without the person: they are of no day that is rewritten.
CREATE OR REPLACE FUNCTION ops.find_subject(subject TEXT, pattern TEXT)
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
            'SELECT %s, %s, count(*) FROM %I.%I AS t
             WHERE strpos(t::TEXT, $1) > 0 AND ops.names_subject(t, $1, $2) GROUP BY 1, 2',
            CASE
                WHEN found.nspname = 'ops' AND found.relname = 'rejected_record' THEN
                    'CASE WHEN t.dataset IN (SELECT d.dataset FROM ops.dataset AS d'
                    ' WHERE d.load_method = ''merge_window'')'
                    ' THEN ''ops.rejected_record of windows'' ELSE ''ops.rejected_record'' END'
                ELSE quote_literal(found.nspname || '.' || found.relname)
            END,
            CASE WHEN of_day IS NULL THEN 'NULL::DATE' ELSE format('t.%I', of_day) END,
            found.nspname, found.relname
        ) USING subject, pattern;
    END LOOP;
END
$$;

CREATE FUNCTION ops.redact_windows(subject TEXT, pattern TEXT, substitute TEXT) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    instead TEXT := '\1' || substitute;
    redacted BIGINT;
BEGIN
    UPDATE ops.rejected_record AS t
    SET raw = regexp_replace(raw, pattern, instead, 'g'),
        checks = regexp_replace(checks::TEXT, pattern, instead, 'g')::JSONB
    WHERE dataset IN (SELECT d.dataset FROM ops.dataset AS d WHERE d.load_method = 'merge_window')
        AND strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS redacted = ROW_COUNT;
    RETURN redacted;
END
$$;
COMMENT ON FUNCTION ops.redact_windows(TEXT, TEXT, TEXT) IS
'Puts a substitute in the place of a person in rejected records of datasets that are merged by key.';
REVOKE ALL ON FUNCTION ops.redact_windows(TEXT, TEXT, TEXT) FROM PUBLIC;
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.redact_windows(TEXT, TEXT, TEXT)', 'jangbu_loader');

-- A customer is a key here: taken off the orders, which a law wants kept, it leaves them nobody's.
CREATE FUNCTION ops.forget_customer(of_key TEXT) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    erasure TEXT := 'erasure-' || gen_random_uuid();
    forgotten BIGINT;
    removed BIGINT;
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
    RETURN forgotten + removed;
END
$$;
COMMENT ON FUNCTION ops.forget_customer(TEXT) IS
'Takes a customer''s key off their orders and removes it; the marts of their days are then to be built again.';
REVOKE ALL ON FUNCTION ops.forget_customer(TEXT) FROM PUBLIC;

SELECT ops.grant_to('SELECT ON ops.v_books', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.forget_customer(TEXT)', 'jangbu_loader');
