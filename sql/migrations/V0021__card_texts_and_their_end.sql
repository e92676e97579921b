-- Why: parts of Korean words are found by an index whatever the database's character type is; an erased
-- person is in no text either; what is known of card sales has an end; and scores say their unit.

-- How texts are compared: one form of each letter (full-width, half-width and composed Hangul alike),
-- and small ones. The database's own LOWER knows no letters beyond ASCII where its type is C.
CREATE FUNCTION raw.folded_text(written TEXT) RETURNS TEXT
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    plain TEXT := LOWER(NORMALIZE(written, NFKC) COLLATE "C");
BEGIN
    -- Few texts have a letter of these, and TRANSLATE is slow.
    IF plain !~ '[À-ӿ]' THEN
        RETURN plain;
    END IF;
    RETURN TRANSLATE(
        plain,
        'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĴĶĹĻĽŁ'
            || 'ŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨ'
            || 'ΩΪΫЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯҐҒ',
        'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľł'
            || 'ńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžάέήίόύώαβγδεζηθικλμνξοπρστυφχψ'
            || 'ωϊϋѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяґғ'
    );
END
$$;
COMMENT ON FUNCTION raw.folded_text(TEXT) IS
'A text in the form in which texts are compared, the same under every character type of a database.';

-- Trigrams know no letter beyond ASCII where the type is C, but every hexadecimal digit: a text within
-- another is there in digits too. What is there in digits only, between two letters, is judged by the text.
CREATE FUNCTION raw.coded_text(folded TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT ENCODE(CONVERT_TO(folded, 'UTF8'), 'hex')
$$;
COMMENT ON FUNCTION raw.coded_text(TEXT) IS
'The bytes of a text as hexadecimal digits, for an index of trigrams.';

CREATE FUNCTION raw.card_text_terms(typed TEXT) RETURNS TEXT[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT COALESCE(ARRAY_AGG(term), '{}')
    FROM REGEXP_SPLIT_TO_TABLE(raw.folded_text(typed), '[ \t\n\r\f]+') AS term
    WHERE term <> ''
$$;
COMMENT ON FUNCTION raw.card_text_terms(TEXT) IS
'What was typed, as the parts a text must have.';

CREATE FUNCTION raw.card_text_patterns(typed TEXT) RETURNS TEXT[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT COALESCE(
        ARRAY_AGG(
            '%' || REPLACE(REPLACE(REPLACE(term, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        ),
        '{}'
    )
    FROM UNNEST(raw.card_text_terms(typed)) AS term
$$;
COMMENT ON FUNCTION raw.card_text_patterns(TEXT) IS
'The same as patterns, for LIKE ALL.';

CREATE FUNCTION raw.card_text_longest(typed TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT '%' || raw.coded_text(term) || '%'
    FROM UNNEST(raw.card_text_terms(typed)) AS term
    ORDER BY LENGTH(term) DESC, term ASC
    LIMIT 1
$$;
COMMENT ON FUNCTION raw.card_text_longest(TEXT) IS
'Of the parts the longest, as a pattern for coded texts: what the index is asked for.';

ALTER TABLE raw.card_text DROP COLUMN whole, DROP COLUMN words;
ALTER TABLE raw.card_text
ADD COLUMN whole TEXT NOT NULL GENERATED ALWAYS AS (
    raw.folded_text(
        COALESCE(remark, '') || ' ' || COALESCE(card_company, '') || ' '
        || COALESCE(result_msg, '')
    )
) STORED,
ADD COLUMN words TSVECTOR NOT NULL GENERATED ALWAYS AS (
    TO_TSVECTOR(
        'simple',
        raw.folded_text(
            COALESCE(remark, '') || ' ' || COALESCE(card_company, '') || ' '
            || COALESCE(result_msg, '')
        )
    )
) STORED;
COMMENT ON COLUMN raw.card_text.whole IS
'The three as they are compared (raw.folded_text), for parts of words.';
COMMENT ON COLUMN raw.card_text.words IS 'The same as whole words.';
CREATE INDEX ON raw.card_text USING gin (words);
CREATE INDEX card_text_coded ON raw.card_text USING gin (
    raw.coded_text(whole) public.gin_trgm_ops
);

-- What no sale says any more. A load that runs meanwhile waits at its own texts, and finds them gone: so
-- none is missing that a sale has. Only an owner may.
CREATE FUNCTION raw.drop_texts(of_keys BIGINT[]) RETURNS BIGINT
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
    removed BIGINT;
BEGIN
    -- In the order of every load: a first one holds the sales alone before it comes to their texts.
    LOCK TABLE raw.card_sale IN ACCESS SHARE MODE;
    LOCK TABLE raw.card_text IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM raw.card_text AS t
    WHERE (of_keys IS NULL OR t.text_key = ANY (of_keys))
        AND NOT EXISTS (
            SELECT 1
            FROM ops.account AS mine
            JOIN raw.card_sale AS sale ON sale.account_id = mine.account_id
            WHERE raw.card_text_key(sale.remark, sale.card_company, sale.result_msg) = t.text_key
        );
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
COMMENT ON FUNCTION raw.drop_texts(BIGINT[]) IS
'Removes of these texts, or of all where none are named, those that no card sale has; returns how many.';

CREATE FUNCTION ops.drop_unused_card_texts() RETURNS BIGINT
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT raw.drop_texts(NULL)
$$;
COMMENT ON FUNCTION ops.drop_unused_card_texts() IS
'Removes the texts that no card sale has any more; returns how many.';

CREATE FUNCTION ops.count_unused_card_texts() RETURNS BIGINT
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog
AS $$
    SELECT count(*)
    FROM raw.card_text AS t
    WHERE NOT EXISTS (
        SELECT 1
        FROM ops.account AS mine
        JOIN raw.card_sale AS sale ON sale.account_id = mine.account_id
        WHERE raw.card_text_key(sale.remark, sale.card_company, sale.result_msg) = t.text_key
    )
$$;
COMMENT ON FUNCTION ops.count_unused_card_texts() IS 'How many texts no card sale has any more.';

-- As it was, with what is said of a card's payments, and what marts show of the card. The writers of card
-- sales are waited for before any row is held: the other way round the two would wait for each other.
CREATE OR REPLACE FUNCTION ops.forget_customer(of_key TEXT) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    erasure TEXT := 'erasure-' || gen_random_uuid();
    forgotten BIGINT;
    removed BIGINT;
    paid BIGINT := 0;
    former BIGINT := 0;
    texts BIGINT[];
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
    IF EXISTS (SELECT 1 FROM raw.card_sale AS t WHERE t.card_key = of_key)
        OR EXISTS (SELECT 1 FROM raw.card_sale_history AS t WHERE t.card_key = of_key)
    THEN
        LOCK TABLE raw.card_sale IN SHARE ROW EXCLUSIVE MODE;
        INSERT INTO ops.touched_day (dataset, business_date, run_id, load_date)
        SELECT DISTINCT 'card-sales', t.sale_date, erasure, t.sale_date FROM raw.card_sale AS t WHERE t.card_key = of_key;
        SELECT array_agg(DISTINCT raw.card_text_key(t.remark, t.card_company, t.result_msg)) INTO texts
        FROM (
            SELECT s.remark, s.card_company, s.result_msg FROM raw.card_sale AS s WHERE s.card_key = of_key
            UNION ALL
            SELECT s.remark, s.card_company, s.result_msg FROM raw.card_sale_history AS s WHERE s.card_key = of_key
        ) AS t;
        UPDATE raw.card_sale
        SET card_key = NULL, card_number = NULL, remark = NULL, result_msg = NULL, raw_data = NULL
        WHERE card_key = of_key;
        GET DIAGNOSTICS paid = ROW_COUNT;
        UPDATE raw.card_sale_history
        SET card_key = NULL, card_number = NULL, remark = NULL, result_msg = NULL, raw_data = NULL
        WHERE card_key = of_key;
        GET DIAGNOSTICS former = ROW_COUNT;
        PERFORM raw.drop_texts(coalesce(texts, '{}'));
    END IF;
    UPDATE mart.mart_card_anomaly SET evidence = evidence - 'card'
    WHERE evidence ->> 'card' = left(of_key, 12);
    RETURN forgotten + removed + paid + former;
END
$$;
COMMENT ON FUNCTION ops.forget_customer(TEXT) IS
'Takes a customer''s key off their orders and removes it, or a card''s off its payments with its number and all free text; the marts of their days are then to be built again.';

-- A remark may name a person who is no card.
CREATE FUNCTION ops.redact_card_sales(
    subject TEXT, pattern TEXT, substitute TEXT
) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    instead TEXT := '\1' || substitute;
    redacted BIGINT := 0;
    changed BIGINT;
BEGIN
    UPDATE ops.anomaly_review AS t
    SET note = regexp_replace(note, pattern, instead, 'g'),
        reviewed_by = regexp_replace(reviewed_by, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS redacted = ROW_COUNT;
    IF NOT EXISTS (SELECT 1 FROM raw.card_sale AS t WHERE strpos(t::TEXT, subject) > 0)
        AND NOT EXISTS (SELECT 1 FROM raw.card_sale_history AS t WHERE strpos(t::TEXT, subject) > 0)
        AND NOT EXISTS (SELECT 1 FROM raw.card_text AS t WHERE strpos(t::TEXT, subject) > 0)
    THEN
        RETURN redacted;
    END IF;
    LOCK TABLE raw.card_sale IN SHARE ROW EXCLUSIVE MODE;
    UPDATE raw.card_sale AS t
    SET remark = regexp_replace(remark, pattern, instead, 'g'),
        result_msg = regexp_replace(result_msg, pattern, instead, 'g'),
        raw_data = regexp_replace(raw_data, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    UPDATE raw.card_sale_history AS t
    SET remark = regexp_replace(remark, pattern, instead, 'g'),
        result_msg = regexp_replace(result_msg, pattern, instead, 'g'),
        raw_data = regexp_replace(raw_data, pattern, instead, 'g')
    WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern);
    GET DIAGNOSTICS changed = ROW_COUNT;
    redacted := redacted + changed;
    PERFORM raw.drop_texts(ARRAY(
        SELECT t.text_key FROM raw.card_text AS t
        WHERE strpos(t::TEXT, subject) > 0 AND ops.names_subject(t, subject, pattern)
    ));
    RETURN redacted;
END
$$;
COMMENT ON FUNCTION ops.redact_card_sales(TEXT, TEXT, TEXT) IS
'Puts a substitute in the place of a person in the free text of card sales and in notes of reviews; the pattern''s first group stays.';

-- What marts still show is not forgotten: its decisions would be open again.
CREATE FUNCTION ops.anomalies_seen_before(
    before DATE
) RETURNS TABLE (account_id TEXT, sale_id BIGINT, rule TEXT, seen_on DATE)
LANGUAGE sql STABLE
SET search_path = pg_catalog
AS $$
    SELECT seen.account_id, seen.sale_id, seen.rule, CAST(seen.first_seen_at AT TIME ZONE 'Asia/Seoul' AS DATE)
    FROM ops.anomaly_seen AS seen
    WHERE seen.first_seen_at < CAST(before AS TIMESTAMP) AT TIME ZONE 'Asia/Seoul'
        AND NOT EXISTS (
            SELECT 1 FROM mart.mart_card_anomaly AS found
            WHERE found.account_id = seen.account_id AND found.sale_id = seen.sale_id AND found.rule = seen.rule
        )
$$;
COMMENT ON FUNCTION ops.anomalies_seen_before(DATE) IS
'Anomalies that were first seen before a day and that no mart shows any more.';

-- As it was, with the first sightings of anomalies, which take their decisions with them.
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
    ELSIF of_place = 'ops.anomaly_seen' AND of_dataset = 'card-sales' THEN
        WITH outdated AS MATERIALIZED (
            SELECT old.account_id, old.sale_id, old.rule FROM ops.anomalies_seen_before(of_day + 1) AS old
            WHERE old.seen_on = of_day
        ),
        review AS (
            DELETE FROM ops.anomaly_review AS t USING outdated
            WHERE t.account_id = outdated.account_id AND t.sale_id = outdated.sale_id AND t.rule = outdated.rule
            RETURNING 1
        ),
        seen AS (
            DELETE FROM ops.anomaly_seen AS t USING outdated
            WHERE t.account_id = outdated.account_id AND t.sale_id = outdated.sale_id AND t.rule = outdated.rule
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM review) + (SELECT count(*) FROM seen) INTO removed;
    ELSIF EXISTS (SELECT 1 FROM ops.mart WHERE of_place = 'mart.' || mart AND dataset = of_dataset) THEN
        EXECUTE format('DELETE FROM %s WHERE %I = $1', of_table, ops.day_column(of_table)) USING of_day;
        GET DIAGNOSTICS removed = ROW_COUNT;
    ELSE
        RAISE EXCEPTION 'place: % (expected: a raw table, a mart, or one of ops that has days)', of_place;
    END IF;
END
$$;

-- As it was, with the first sightings of anomalies.
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
    IF of_place = 'ops.anomaly_seen' THEN
        IF of_dataset = 'card-sales' THEN
            RETURN QUERY SELECT DISTINCT old.seen_on FROM ops.anomalies_seen_before(before) AS old;
        END IF;
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

-- What a number is a number of.
ALTER TABLE ops.anomaly_rule
ADD COLUMN score_unit TEXT,
ADD COLUMN expected_unit TEXT;
UPDATE ops.anomaly_rule AS known
SET
    score_unit = unit.of_score,
    expected_unit = unit.of_expected
FROM (
    VALUES
    ('over_twice_week', 'times', 'won'),
    ('same_card_same_amount', 'nth', 'payments'),
    ('store_hour_outlier', 'z', 'won'),
    ('card_burst', 'approvals', 'approvals'),
    ('cancellation_share', 'z', 'cancellations'),
    ('outside_hours', 'hours', 'hour_of_day')
) AS unit (rule, of_score, of_expected)
WHERE known.rule = unit.rule;
ALTER TABLE ops.anomaly_rule
ALTER COLUMN score_unit SET NOT NULL,
ALTER COLUMN expected_unit SET NOT NULL,
ADD CHECK (score_unit IN ('times', 'nth', 'z', 'approvals', 'hours')),
ADD CHECK (
    expected_unit IN ('won', 'payments', 'approvals', 'cancellations', 'hour_of_day')
);
COMMENT ON COLUMN ops.anomaly_rule.score_unit IS
'What its score counts: times, nth (a place in a row), z (spreads from what is usual), approvals or hours.';
COMMENT ON COLUMN ops.anomaly_rule.expected_unit IS
'What its expected counts: won, payments, approvals, cancellations or hour_of_day (0 to 23).';
UPDATE ops.anomaly_rule SET name_ko = '짧은 시간 여러 가맹점 결제'
WHERE rule = 'card_burst';

CREATE OR REPLACE VIEW mart.v_card_anomaly AS
WITH last_review AS (
    SELECT DISTINCT ON (account_id, sale_id, rule)
        account_id,
        sale_id,
        rule,
        state,
        reviewed_by,
        reviewed_at,
        note
    FROM ops.anomaly_review
    ORDER BY account_id ASC, sale_id ASC, rule ASC, review_id DESC
)

SELECT
    found.sale_date,
    found.tenant_id,
    found.account_id,
    found.sale_id,
    found.rule,
    found.store_id,
    found.sold_at,
    found.amount_sale,
    found.score,
    found.expected,
    found.evidence,
    COALESCE(review.state, 'OPEN') AS state,
    review.reviewed_by,
    review.reviewed_at,
    review.note,
    seen.first_seen_at,
    judged.score_unit,
    judged.expected_unit
FROM mart.mart_card_anomaly AS found
INNER JOIN ops.anomaly_rule AS judged ON found.rule = judged.rule
LEFT JOIN last_review AS review
    ON
        found.account_id = review.account_id
        AND found.sale_id = review.sale_id
        AND found.rule = review.rule
LEFT JOIN ops.anomaly_seen AS seen
    ON
        found.account_id = seen.account_id
        AND found.sale_id = seen.sale_id
        AND found.rule = seen.rule;
COMMENT ON COLUMN mart.v_card_anomaly.score_unit IS
'What score counts: times, nth (a place in a row), z (spreads from what is usual), approvals or hours.';
COMMENT ON COLUMN mart.v_card_anomaly.expected_unit IS
'What expected counts: won, payments, approvals, cancellations or hour_of_day (0 to 23).';

REVOKE ALL ON FUNCTION raw.folded_text(TEXT), raw.coded_text(TEXT) FROM PUBLIC;
REVOKE ALL ON FUNCTION raw.card_text_terms(TEXT), raw.card_text_patterns(TEXT) FROM PUBLIC;
REVOKE ALL ON FUNCTION raw.card_text_longest(TEXT), raw.drop_texts(BIGINT[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION ops.drop_unused_card_texts(), ops.count_unused_card_texts() FROM PUBLIC;
REVOKE ALL ON FUNCTION ops.redact_card_sales(TEXT, TEXT, TEXT) FROM PUBLIC;
REVOKE ALL ON FUNCTION ops.anomalies_seen_before(DATE) FROM PUBLIC;
SELECT ops.grant_to('EXECUTE ON FUNCTION raw.' || signature, 'jangbu_search')
FROM UNNEST(ARRAY[
    'folded_text(TEXT)', 'coded_text(TEXT)', 'card_text_terms(TEXT)',
    'card_text_patterns(TEXT)', 'card_text_longest(TEXT)'
]) AS signature;
SELECT ops.grant_to('EXECUTE ON FUNCTION ops.' || signature, 'jangbu_loader')
FROM UNNEST(ARRAY[
    'drop_unused_card_texts()', 'count_unused_card_texts()', 'redact_card_sales(TEXT, TEXT, TEXT)'
]) AS signature;
