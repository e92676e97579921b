-- Why: an erasure is proved only once the lake and the aggregates were looked through as well, which
-- spark-job does and load-job cannot. What was looked through, and in which state, is on record here.
CREATE TABLE ops.erasure_search (
    erasure_id TEXT NOT NULL REFERENCES ops.erasure (erasure_id),
    place TEXT NOT NULL CHECK (place IN ('lake.events', 'aggregates')),
    state TEXT NOT NULL,
    searched BIGINT NOT NULL CHECK (searched >= 0),
    searched_at TIMESTAMPTZ NOT NULL DEFAULT CLOCK_TIMESTAMP(),
    PRIMARY KEY (erasure_id, place, searched_at)
);
COMMENT ON TABLE ops.erasure_search IS
'Places spark-job looked through for an erasure and found nobody in any more. One row a search.';
COMMENT ON COLUMN ops.erasure_search.erasure_id IS 'The erasure.';
COMMENT ON COLUMN ops.erasure_search.place IS 'lake.events or aggregates.';
COMMENT ON COLUMN ops.erasure_search.state IS
'Of the lake: the metadata_location that was looked through; it proves nothing of a later one. Empty for aggregates.';
COMMENT ON COLUMN ops.erasure_search.searched IS 'Rows of the lake, or files of aggregates.';
COMMENT ON COLUMN ops.erasure_search.searched_at IS 'When it was over.';

COMMENT ON COLUMN ops.erasure_log.place IS
'landing, clean, rejects, corrections; a table such as raw.raw_events; lake.events; aggregates; or hold.record, whose rows were added and not removed.';
COMMENT ON COLUMN ops.erasure_log.basis IS
'For hold.record: the law that wants the rows kept. For aggregates: whether they were made again, or why they are gone.';

SELECT ops.grant_to('SELECT, INSERT ON ops.erasure_search', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON ops.erasure_search', 'jangbu_custodian');
-- Whether there is a lake, and in which state: an erasure is not done without it.
SELECT ops.grant_to('USAGE ON SCHEMA lake', 'jangbu_loader');
SELECT ops.grant_to('SELECT ON lake.iceberg_tables', 'jangbu_loader');
