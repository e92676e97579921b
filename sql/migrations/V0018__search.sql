-- Why: card sales are searched over HTTP. Who may ask is kept as hashes of keys; what is typed into a
-- search box is looked up in a dictionary of the few texts there are, not in every sale.
CREATE TABLE ops.api_key (
    name TEXT PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    key_hash TEXT NOT NULL UNIQUE CHECK (key_hash ~ '^[0-9a-f]{64}$'),
    tenant_id TEXT NOT NULL CHECK (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    role TEXT NOT NULL CHECK (role IN ('reader', 'reviewer')),
    store_ids BIGINT[] CHECK (CARDINALITY(store_ids) > 0),
    created_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    revoked_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.api_key IS
'Who may ask the search API; a revoked key stays, for the reviews that bear its name.';
COMMENT ON COLUMN ops.api_key.name IS 'Whom or what it was given to; the name its reviews bear.';
COMMENT ON COLUMN ops.api_key.key_hash IS
'SHA-256 of the key, which is 256 random bits and kept nowhere.';
COMMENT ON COLUMN ops.api_key.tenant_id IS 'The only tenant it may ask for.';
COMMENT ON COLUMN ops.api_key.role IS 'reader, or reviewer, who may also judge anomalies.';
COMMENT ON COLUMN ops.api_key.store_ids IS 'The stores it may ask for; NULL for all of the tenant.';
COMMENT ON COLUMN ops.api_key.revoked_at IS 'Since when it opens nothing; NULL while it does.';

CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;

-- Sales whose texts are the same have the same key. An expression, not a column: the table stays as
-- the load knows it.
CREATE FUNCTION raw.card_text_key(remark TEXT, card_company TEXT, result_msg TEXT) RETURNS BIGINT
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT HASHTEXTEXTENDED(
        COALESCE(remark, '') || CHR(31) || COALESCE(card_company, '') || CHR(31)
        || COALESCE(result_msg, ''),
        0
    )
$$;
REVOKE ALL ON FUNCTION raw.card_text_key(TEXT, TEXT, TEXT) FROM PUBLIC;
COMMENT ON FUNCTION raw.card_text_key(TEXT, TEXT, TEXT) IS
'Of the texts of a sale: its row of raw.card_text.';

CREATE TABLE raw.card_text (
    text_key BIGINT PRIMARY KEY,
    remark TEXT,
    card_company TEXT,
    result_msg TEXT,
    whole TEXT NOT NULL GENERATED ALWAYS AS (
        LOWER(
            COALESCE(remark, '') || ' ' || COALESCE(card_company, '') || ' '
            || COALESCE(result_msg, '')
        )
    ) STORED,
    words TSVECTOR NOT NULL GENERATED ALWAYS AS (
        TO_TSVECTOR(
            'simple',
            COALESCE(remark, '') || ' ' || COALESCE(card_company, '') || ' '
            || COALESCE(result_msg, '')
        )
    ) STORED
);
COMMENT ON TABLE raw.card_text IS
'The texts that card sales have, each set of three once: what a free search looks into.';
COMMENT ON COLUMN raw.card_text.text_key IS 'raw.card_text_key of the three texts.';
COMMENT ON COLUMN raw.card_text.remark IS 'As in raw.card_sale; NULL where there is none.';
COMMENT ON COLUMN raw.card_text.card_company IS 'As in raw.card_sale; NULL where there is none.';
COMMENT ON COLUMN raw.card_text.result_msg IS 'As in raw.card_sale; NULL where there is none.';
COMMENT ON COLUMN raw.card_text.whole IS 'The three in small letters, for parts of words.';
COMMENT ON COLUMN raw.card_text.words IS 'The three as whole words.';
CREATE INDEX ON raw.card_text USING gin (words);
CREATE INDEX ON raw.card_text USING gin (whole public.gin_trgm_ops);
CREATE INDEX ON raw.card_text (card_company);

-- Whatever way sales come in, their texts are known from then on.
CREATE FUNCTION raw.keep_card_texts() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    INSERT INTO raw.card_text (text_key, remark, card_company, result_msg)
    SELECT raw.card_text_key(fresh.remark, fresh.card_company, fresh.result_msg),
        fresh.remark, fresh.card_company, fresh.result_msg
    FROM (SELECT DISTINCT remark, card_company, result_msg FROM fresh) AS fresh
    ON CONFLICT (text_key) DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION raw.keep_card_texts() FROM PUBLIC;
COMMENT ON FUNCTION raw.keep_card_texts() IS 'Puts new texts of card sales into raw.card_text.';
CREATE TRIGGER keep_texts_of_new AFTER INSERT ON raw.card_sale
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_card_texts();
CREATE TRIGGER keep_texts_of_changed AFTER UPDATE ON raw.card_sale
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION raw.keep_card_texts();
INSERT INTO raw.card_text (text_key, remark, card_company, result_msg)
SELECT DISTINCT
    raw.card_text_key(sale.remark, sale.card_company, sale.result_msg) AS text_key,
    sale.remark,
    sale.card_company,
    sale.result_msg
FROM raw.card_sale AS sale;

-- Each serves one way to go through sales from the newest on, and pages by key.
CREATE INDEX card_sale_newest ON raw.card_sale (account_id, sold_at, sale_id);
CREATE INDEX card_sale_text ON raw.card_sale (
    account_id, raw.card_text_key(remark, card_company, result_msg), sold_at
);
CREATE INDEX card_sale_approval ON raw.card_sale (num_approval text_pattern_ops);

SELECT ops.grant_to('SELECT, INSERT, UPDATE ON ops.api_key', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ops.api_key, raw.card_text', 'jangbu_search');
SELECT ops.grant_to('EXECUTE ON FUNCTION raw.card_text_key(TEXT, TEXT, TEXT)', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_search']) AS role_name;
