-- A day is read as a whole, so it is judged as a whole: by its newest reading against the one that is held.
CREATE TEMPORARY TABLE read_day ON COMMIT DROP AS
WITH held_day AS (
    SELECT
        account_id,
        traffic_source,
        traffic_date,
        MAX(observed_at) AS observed_at
    FROM raw.web_daily
    GROUP BY account_id, traffic_source, traffic_date
)

SELECT
    incoming.account_id,
    incoming.traffic_source,
    incoming.traffic_date,
    COALESCE(MAX(incoming.observed_at) < MAX(held_day.observed_at), FALSE) AS is_older
FROM incoming_web_daily AS incoming
LEFT JOIN held_day
    ON
        incoming.account_id = held_day.account_id
        AND incoming.traffic_source = held_day.traffic_source
        AND incoming.traffic_date = held_day.traffic_date
GROUP BY incoming.account_id, incoming.traffic_source, incoming.traffic_date;

CREATE TEMPORARY TABLE judged_web_daily ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY
                account_id, traffic_source, traffic_date, channel_group, source_name, medium
            ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_web_daily
)

SELECT
    incoming.row_number,
    incoming.file_number,
    CASE
        WHEN version.newer_versions > 1 OR read_day.is_older THEN 'superseded'
        WHEN held.account_id IS NULL THEN 'inserted'
        WHEN incoming.source_hash = held.source_hash THEN 'unchanged'
        ELSE 'updated'
    END AS outcome
FROM incoming_web_daily AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
INNER JOIN read_day
    ON
        incoming.account_id = read_day.account_id
        AND incoming.traffic_source = read_day.traffic_source
        AND incoming.traffic_date = read_day.traffic_date
LEFT JOIN raw.web_daily AS held
    ON
        incoming.account_id = held.account_id
        AND incoming.traffic_source = held.traffic_source
        AND incoming.traffic_date = held.traffic_date
        AND incoming.channel_group = held.channel_group
        AND incoming.source_name = held.source_name
        AND incoming.medium = held.medium;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE read_day;
ANALYZE judged_web_daily;
