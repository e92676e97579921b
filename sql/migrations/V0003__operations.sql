-- Why: what the jobs did is kept beside the data: who holds a slice, how each run ended, what each check found, and the
-- ledger of each load.
CREATE TABLE ops.run_lock (
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    generation INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    host TEXT NOT NULL,
    process_id BIGINT NOT NULL,
    acquired_at TIMESTAMPTZ NOT NULL,
    released_at TIMESTAMPTZ,
    published_token BIGINT,
    PRIMARY KEY (job, dataset, slice, business_date)
);
COMMENT ON TABLE ops.run_lock IS
'Who holds, or last held, each identity of a run; the token grows with each run and fences off those before.';
COMMENT ON COLUMN ops.run_lock.published_token IS
'Token of the run whose files count; a manifest with a smaller one is stale.';

-- Apart from the token, which writing transactions hold: a beat must neither wait for them nor end them.
CREATE TABLE ops.run_heartbeat (
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    heartbeat_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (job, dataset, slice, business_date)
);
COMMENT ON TABLE ops.run_heartbeat IS 'When each holder of a lock last said that it lives.';

CREATE TABLE ops.pipeline_run_log (
    run_id TEXT PRIMARY KEY,
    job TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    attempt TEXT NOT NULL,
    token BIGINT NOT NULL,
    status TEXT NOT NULL,
    exit_code INTEGER,
    message TEXT,
    facts JSONB,
    seconds NUMERIC(12, 3),
    version TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);
CREATE INDEX ON ops.pipeline_run_log (business_date, dataset, job, slice, started_at);
COMMENT ON TABLE ops.pipeline_run_log IS 'One row a run: how it ended, how long it took, what it counted.';

CREATE TABLE ops.quality_check_log (
    run_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    check_name TEXT NOT NULL,
    check_type TEXT NOT NULL,
    counted BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    pass_rate NUMERIC(9, 6) NOT NULL,
    threshold NUMERIC(9, 6) NOT NULL,
    severity TEXT NOT NULL,
    status TEXT NOT NULL,
    day_status TEXT NOT NULL,
    version TEXT NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (run_id, check_name),
    CHECK (failed BETWEEN 0 AND counted)
);
CREATE INDEX ON ops.quality_check_log (business_date, dataset, slice, checked_at);
COMMENT ON TABLE ops.quality_check_log IS
'One row a check and run of transform-job, also of days that failed; pass rates are shares from 0 to 1.';

CREATE TABLE ops.load_log (
    run_id TEXT NOT NULL,
    file TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    lines_read BIGINT NOT NULL,
    clean BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    rejected_by_reason JSONB NOT NULL,
    sent BIGINT NOT NULL,
    copied BIGINT NOT NULL,
    in_table BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (run_id, file),
    CONSTRAINT lines_are_clean_or_rejected CHECK (lines_read = clean + rejected),
    CONSTRAINT clean_is_sent_copied_and_there
    CHECK (clean = sent AND sent = copied AND copied = in_table)
);
CREATE INDEX ON ops.load_log (business_date, dataset, slice, loaded_at);
COMMENT ON TABLE ops.load_log IS
'The ledger: one row a file and load; a load whose sums do not hold cannot commit.';

SELECT
    ops.grant_to(
        'SELECT, INSERT, UPDATE ON ops.run_lock, ops.run_heartbeat, ops.pipeline_run_log',
        role_name
    )
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('SELECT, INSERT ON ops.quality_check_log', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ops.quality_check_log, ops.load_log', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
SELECT ops.grant_to('INSERT ON ops.load_log', 'jangbu_loader');
