-- Why: on call asks «what ran, and how did it end» in one look; a run that died without a word is
-- told as lost at once, and not only when the next run of its slice finds it.
CREATE VIEW ops.job_runs AS
WITH run AS (
    SELECT
        log.run_id,
        log.job,
        log.dataset,
        log.slice,
        log.business_date,
        log.attempt,
        log.status,
        log.exit_code,
        log.message,
        log.facts,
        log.seconds,
        log.started_at,
        log.finished_at,
        log.version,
        beat.heartbeat_at,
        log.status = 'running' AND COALESCE(
            beat.heartbeat_at >= CLOCK_TIMESTAMP() - INTERVAL '30 seconds', FALSE
        ) AS is_alive
    FROM ops.pipeline_run_log AS log
    -- A run that was taken over has no heartbeat of its own any more: its token is outdated.
    LEFT JOIN ops.run_heartbeat AS beat
        ON
            log.job = beat.job
            AND log.dataset = beat.dataset
            AND log.slice = beat.slice
            AND log.business_date = beat.business_date
            AND log.token = beat.token
)

SELECT
    run_id,
    job,
    dataset,
    slice,
    business_date,
    attempt,
    CASE
        WHEN is_alive THEN 'running'
        WHEN status IN ('running', 'killed') THEN 'lost'
        WHEN status IN ('done', 'quality_failed', 'stopped') THEN status
        ELSE 'failed'
    END AS state,
    exit_code,
    CASE JSONB_TYPEOF(facts -> 'rows')
        WHEN 'number' THEN CAST(facts -> 'rows' AS NUMERIC)
    END AS row_count,
    CASE
        WHEN is_alive
            THEN ROUND(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP() - started_at), 3)
        WHEN status = 'running' AND heartbeat_at IS NOT NULL
            THEN ROUND(EXTRACT(EPOCH FROM GREATEST(heartbeat_at - started_at, INTERVAL '0')), 3)
        ELSE seconds
    END AS seconds,
    started_at,
    started_at AT TIME ZONE 'Asia/Seoul' AS started_in_seoul,
    finished_at,
    heartbeat_at,
    CASE
        WHEN status = 'running' AND NOT is_alive
            THEN
                'no heartbeat since ' || COALESCE(
                    TO_CHAR(heartbeat_at AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD HH24:MI:SS'),
                    'another run took over'
                )
        ELSE COALESCE(message, '')
    END AS message,
    version
FROM run;

COMMENT ON VIEW ops.job_runs IS
'One row a run, those on their way too: its state now, rows, seconds and why it failed.';
COMMENT ON COLUMN ops.job_runs.run_id IS
'The run: its start in UTC and a random part; the name of its folders and sessions.';
COMMENT ON COLUMN ops.job_runs.job IS 'extract-job, transform-job, load-job or mart-job.';
COMMENT ON COLUMN ops.job_runs.dataset IS 'The kind of record, such as events.';
COMMENT ON COLUMN ops.job_runs.slice IS
'all, or what may run beside its brothers: a mart''s name, report.';
COMMENT ON COLUMN ops.job_runs.business_date IS
'The calendar day in Asia/Seoul the run was for, not the day it ran on.';
COMMENT ON COLUMN ops.job_runs.attempt IS 'The orchestrator''s name for the try.';
COMMENT ON COLUMN ops.job_runs.state IS
'running, done, quality_failed, failed, stopped (asked to), or lost: it ended without a word, or '
'has had no heartbeat for 30 s.';
COMMENT ON COLUMN ops.job_runs.exit_code IS
'What the process ended with; empty while it runs, and where it was lost.';
COMMENT ON COLUMN ops.job_runs.row_count IS
'Rows it wrote; empty where it wrote none and before it told.';
COMMENT ON COLUMN ops.job_runs.seconds IS
'Wall time; so far while it runs, to the last heartbeat where it was lost, empty where unknown.';
COMMENT ON COLUMN ops.job_runs.started_at IS 'When it began.';
COMMENT ON COLUMN ops.job_runs.started_in_seoul IS 'The same, on a clock in Asia/Seoul.';
COMMENT ON COLUMN ops.job_runs.finished_at IS
'When it ended, or was found to have ended without a word; empty while it runs.';
COMMENT ON COLUMN ops.job_runs.heartbeat_at IS
'When it last said that it lives; empty once another run of its slice began.';
COMMENT ON COLUMN ops.job_runs.message IS 'Why it failed, in one line; empty where all went well.';
COMMENT ON COLUMN ops.job_runs.version IS 'Of the job.';

-- Not for analysts: a message may quote the database's own words. They have ops.v_runs.
SELECT ops.grant_to('SELECT ON ops.job_runs', role_name)
FROM UNNEST(ARRAY['jangbu_job', 'jangbu_loader', 'jangbu_mart']) AS role_name;
