-- Why: shops are reached through accounts on platforms. What an account is lies apart from its
-- secrets, which are ciphertext here: the key is a file outside of the database.
CREATE TABLE ops.channel (
    channel_code TEXT PRIMARY KEY,
    name_ko TEXT NOT NULL,
    sells BOOLEAN NOT NULL
);
COMMENT ON TABLE ops.channel IS 'The platforms a shop sells on, or is measured by.';
COMMENT ON COLUMN ops.channel.channel_code IS 'CAFE24, NAVER, ABLY or GA4.';
COMMENT ON COLUMN ops.channel.name_ko IS 'What shop people call it.';
COMMENT ON COLUMN ops.channel.sells IS 'Whether it has orders; analytics has visits only.';
INSERT INTO ops.channel (channel_code, name_ko, sells)
VALUES
('CAFE24', '자사몰', TRUE),
('NAVER', '스마트스토어', TRUE),
('ABLY', '에이블리', TRUE),
('GA4', '구글 애널리틱스', FALSE);

CREATE TABLE ops.account (
    account_id TEXT PRIMARY KEY CHECK (account_id ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
    tenant_id TEXT NOT NULL CHECK (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    channel_code TEXT NOT NULL REFERENCES ops.channel (channel_code),
    external_id TEXT NOT NULL,
    base_url TEXT,
    status TEXT NOT NULL DEFAULT 'ACTIVE'
    CHECK (status IN ('ACTIVE', 'NEEDS_ATTENTION', 'REMOVED')),
    needs_attention_reason TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    CONSTRAINT attention_has_a_reason
    CHECK ((status = 'NEEDS_ATTENTION') = (needs_attention_reason IS NOT NULL))
);
CREATE UNIQUE INDEX one_account_a_place ON ops.account (tenant_id, channel_code, external_id)
WHERE status <> 'REMOVED';
COMMENT ON TABLE ops.account IS
'A shop''s account on a platform; removed ones stay, for what was loaded from them.';
COMMENT ON COLUMN ops.account.account_id IS 'Also the slice of its runs, such as cafe24-hlogdemo.';
COMMENT ON COLUMN ops.account.tenant_id IS
'The shop it belongs to; every query of analysts asks for one.';
COMMENT ON COLUMN ops.account.external_id IS
'The platform''s name of it: mall, client id, log-in or property.';
COMMENT ON COLUMN ops.account.base_url IS 'Where the platform is asked; NULL for its own address.';
COMMENT ON COLUMN ops.account.status IS
'ACTIVE; NEEDS_ATTENTION, its owner must act and it is left out; REMOVED.';
COMMENT ON COLUMN ops.account.needs_attention_reason IS
'Such as REAUTH_REQUIRED; NULL while it is active.';

CREATE TABLE ops.credential (
    account_id TEXT PRIMARY KEY REFERENCES ops.account (account_id),
    ciphertext BYTEA NOT NULL,
    key_id BIGINT NOT NULL,
    access_expires_at TIMESTAMPTZ,
    refresh_expires_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP()
);
COMMENT ON TABLE ops.credential IS
'What an account logs in with, and its tokens, sealed; locked while a token is renewed.';
COMMENT ON COLUMN ops.credential.ciphertext IS 'AES-256-GCM, bound to the account''s id.';
COMMENT ON COLUMN ops.credential.key_id IS 'Of the key that sealed it.';
COMMENT ON COLUMN ops.credential.access_expires_at IS
'When the access token ends; NULL where there is none.';
COMMENT ON COLUMN ops.credential.refresh_expires_at IS
'When the refresh token ends; NULL where there is none.';
COMMENT ON COLUMN ops.credential.version IS 'Grows by one with each change.';

SELECT ops.grant_to('SELECT ON ops.channel', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart', 'jangbu_analyst']) AS role_name;
SELECT ops.grant_to('SELECT, INSERT, UPDATE ON ops.account', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ops.account', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('SELECT, INSERT, UPDATE, DELETE ON ops.credential', 'jangbu_job');

CREATE TABLE ops.tenant_key (
    tenant_id TEXT PRIMARY KEY CHECK (tenant_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    ciphertext BYTEA NOT NULL,
    key_id BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP()
);
COMMENT ON TABLE ops.tenant_key IS
'What a shop''s customers are made pseudonyms with, sealed; without it nobody tells who they are.';
COMMENT ON COLUMN ops.tenant_key.tenant_id IS 'The shop.';
COMMENT ON COLUMN ops.tenant_key.ciphertext IS
'A key of 32 bytes for HMAC-SHA256, by AES-256-GCM, bound to the shop.';
COMMENT ON COLUMN ops.tenant_key.key_id IS 'Of the key that sealed it.';

SELECT ops.grant_to('SELECT, INSERT, UPDATE ON ops.tenant_key', 'jangbu_job');
