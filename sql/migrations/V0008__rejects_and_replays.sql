-- Why: on call finds refused lines by SQL, and each replay of them is on record: who, when, why, and what came of it.
CREATE TABLE ops.rejected_record (
    run_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    check_name TEXT NOT NULL,
    checks JSONB NOT NULL,
    raw TEXT,
    raw_base64 TEXT,
    raw_bytes BIGINT NOT NULL,
    raw_sha256 TEXT,
    PRIMARY KEY (run_id, file, line),
    CONSTRAINT line_is_text_or_base64 CHECK ((raw IS NULL) <> (raw_base64 IS NULL))
);
-- A day is replaced as a whole.
CREATE INDEX ON ops.rejected_record (business_date, dataset, slice);

COMMENT ON TABLE ops.rejected_record IS
'The rejects of each day''s last published check, one row a line; also of days that failed. Holds personal data.';
COMMENT ON COLUMN ops.rejected_record.run_id IS 'The run of transform-job that refused the line.';
COMMENT ON COLUMN ops.rejected_record.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.rejected_record.slice IS 'all, or the part of the day the run was for.';
COMMENT ON COLUMN ops.rejected_record.business_date IS 'The calendar day in Asia/Seoul that was checked.';
COMMENT ON COLUMN ops.rejected_record.file IS 'The part of the landing, as its manifest names it.';
COMMENT ON COLUMN ops.rejected_record.line IS 'Where it stands in the part, counted from 1.';
COMMENT ON COLUMN ops.rejected_record.check_name IS
'The first check it failed, in the order of the checks: each line counts once under it.';
COMMENT ON COLUMN ops.rejected_record.checks IS
'[{"check": text, "reason": text}]: every check it failed, and why.';
COMMENT ON COLUMN ops.rejected_record.raw IS
'The line, cut at 64 KiB; NULL where it is not UTF-8 or holds a NUL.';
COMMENT ON COLUMN ops.rejected_record.raw_base64 IS 'The line in its place, cut at 64 KiB before coding.';
COMMENT ON COLUMN ops.rejected_record.raw_bytes IS 'How long the line was.';
COMMENT ON COLUMN ops.rejected_record.raw_sha256 IS 'Of the whole line, where it was cut; else NULL.';

CREATE VIEW ops.v_rejects AS
SELECT
    rejected.business_date,
    rejected.dataset,
    rejected.slice,
    failed ->> 'check' AS check_name,
    SPLIT_PART(failed ->> 'reason', ':', 1) AS field,
    COUNT(*) AS line_count,
    MIN(failed ->> 'reason') AS example,
    MIN(rejected.file || ':' || rejected.line) AS example_at
FROM ops.rejected_record AS rejected
CROSS JOIN LATERAL JSONB_ARRAY_ELEMENTS(rejected.checks) AS failed
GROUP BY
    rejected.business_date,
    rejected.dataset,
    rejected.slice,
    failed ->> 'check',
    SPLIT_PART(failed ->> 'reason', ':', 1);

COMMENT ON VIEW ops.v_rejects IS
'Why lines were refused: one row a day, check and field; a line counts under each check it failed.';
COMMENT ON COLUMN ops.v_rejects.business_date IS 'The calendar day in Asia/Seoul that was checked.';
COMMENT ON COLUMN ops.v_rejects.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.v_rejects.slice IS 'all, or the part of the day the run was for.';
COMMENT ON COLUMN ops.v_rejects.check_name IS 'A check the lines failed, not always their first.';
COMMENT ON COLUMN ops.v_rejects.field IS
'The field the reason begins with; line where the whole line was at fault.';
COMMENT ON COLUMN ops.v_rejects.line_count IS 'How many lines.';
COMMENT ON COLUMN ops.v_rejects.example IS 'One of their reasons.';
COMMENT ON COLUMN ops.v_rejects.example_at IS 'Where one of them stands: file:line.';

CREATE TABLE ops.replay_log (
    run_id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    slice TEXT NOT NULL,
    business_date DATE NOT NULL,
    token BIGINT NOT NULL,
    requested_by TEXT NOT NULL,
    reason_for TEXT NOT NULL,
    filter TEXT NOT NULL,
    mapping TEXT,
    mapping_sha256 TEXT,
    selected BIGINT NOT NULL,
    corrected BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    still_rejected BIGINT NOT NULL,
    newly_rejected BIGINT NOT NULL,
    in_force BIGINT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail')),
    version TEXT NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    published_at TIMESTAMPTZ,
    CONSTRAINT selected_are_accepted_or_still_rejected
    CHECK (selected = accepted + still_rejected),
    CONSTRAINT mapping_has_its_hash CHECK ((mapping IS NULL) = (mapping_sha256 IS NULL))
);
CREATE INDEX ON ops.replay_log (business_date, dataset, slice, token);

COMMENT ON TABLE ops.replay_log IS
'Who had which rejects of a day corrected, when, why, and what came of it: one row a replay, written before it counts.';
COMMENT ON COLUMN ops.replay_log.run_id IS 'The run of transform-job; also the folder of its corrections.';
COMMENT ON COLUMN ops.replay_log.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.replay_log.slice IS 'all, or the part of the day.';
COMMENT ON COLUMN ops.replay_log.business_date IS 'The calendar day in Asia/Seoul that was replayed.';
COMMENT ON COLUMN ops.replay_log.token IS 'Of the run; corrections with a smaller one than the last published are stale.';
COMMENT ON COLUMN ops.replay_log.requested_by IS 'Who: --by, else the user of the process.';
COMMENT ON COLUMN ops.replay_log.reason_for IS 'Why: --why, else what the mapping says, else empty.';
COMMENT ON COLUMN ops.replay_log.filter IS
'Which rejects: the checks of --reason; all; or discard, where the corrections were taken back.';
COMMENT ON COLUMN ops.replay_log.mapping IS 'The file with the rules; NULL where the day was only checked again.';
COMMENT ON COLUMN ops.replay_log.mapping_sha256 IS 'Of that file''s bytes.';
COMMENT ON COLUMN ops.replay_log.selected IS 'Rejected lines of the run before that the filter let through.';
COMMENT ON COLUMN ops.replay_log.corrected IS 'Of them, the lines the rules put right.';
COMMENT ON COLUMN ops.replay_log.accepted IS 'Of the selected, the lines that are clean now.';
COMMENT ON COLUMN ops.replay_log.still_rejected IS 'Of the selected, the lines that are rejected now.';
COMMENT ON COLUMN ops.replay_log.newly_rejected IS 'Lines that are rejected now and were not before.';
COMMENT ON COLUMN ops.replay_log.in_force IS
'Corrections of the day after it, earlier ones included.';
COMMENT ON COLUMN ops.replay_log.verdict IS 'What the checks said of the corrected day: pass or fail.';
COMMENT ON COLUMN ops.replay_log.version IS 'Of the job.';
COMMENT ON COLUMN ops.replay_log.requested_at IS 'When this row was written.';
COMMENT ON COLUMN ops.replay_log.published_at IS
'When its corrections came into force; NULL where the run ended before that.';

-- Refused lines hold personal data: not for analysts, neither the table nor the view. What a replay was is never rewritten.
SELECT ops.grant_to('SELECT, INSERT, DELETE ON ops.rejected_record', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ops.v_rejects', 'jangbu_job');
SELECT ops.grant_to('SELECT, INSERT, UPDATE (published_at) ON ops.replay_log', 'jangbu_job');
SELECT ops.grant_to('SELECT ON ops.replay_log', role_name)
FROM UNNEST(ARRAY['jangbu_loader', 'jangbu_mart']) AS role_name;
