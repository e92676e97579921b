-- A report has a day as a whole, so it is judged as a whole: by its newest reading against the one that is held.
CREATE TEMPORARY TABLE read_day_of_web_daily ON COMMIT DROP AS
WITH reading AS (
    SELECT
        account_id,
        traffic_source,
        traffic_date,
        MAX(observed_at) AS observed_at
    FROM incoming_web_daily
    GROUP BY account_id, traffic_source, traffic_date
)

SELECT
    reading.account_id,
    reading.traffic_source,
    reading.traffic_date,
    COALESCE(reading.observed_at < MAX(held.observed_at), FALSE) AS is_older
FROM reading
LEFT JOIN raw.web_daily AS held
    ON
        reading.account_id = held.account_id
        AND reading.traffic_source = held.traffic_source
        AND reading.traffic_date = held.traffic_date
GROUP BY reading.account_id, reading.traffic_source, reading.traffic_date, reading.observed_at;

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
INNER JOIN read_day_of_web_daily AS read_day
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

CREATE TEMPORARY TABLE read_day_of_web_item_daily ON COMMIT DROP AS
WITH reading AS (
    SELECT
        account_id,
        traffic_date,
        MAX(observed_at) AS observed_at
    FROM incoming_web_item_daily
    GROUP BY account_id, traffic_date
)

SELECT
    reading.account_id,
    reading.traffic_date,
    COALESCE(reading.observed_at < MAX(held.observed_at), FALSE) AS is_older
FROM reading
LEFT JOIN raw.web_item_daily AS held
    ON
        reading.account_id = held.account_id
        AND reading.traffic_date = held.traffic_date
GROUP BY reading.account_id, reading.traffic_date, reading.observed_at;

CREATE TEMPORARY TABLE judged_web_item_daily ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY
                account_id, traffic_date, item_id, item_name
            ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_web_item_daily
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
FROM incoming_web_item_daily AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
INNER JOIN read_day_of_web_item_daily AS read_day
    ON
        incoming.account_id = read_day.account_id
        AND incoming.traffic_date = read_day.traffic_date
LEFT JOIN raw.web_item_daily AS held
    ON
        incoming.account_id = held.account_id
        AND incoming.traffic_date = held.traffic_date
        AND incoming.item_id = held.item_id
        AND incoming.item_name = held.item_name;

CREATE TEMPORARY TABLE read_day_of_web_transaction ON COMMIT DROP AS
WITH reading AS (
    SELECT
        account_id,
        traffic_date,
        MAX(observed_at) AS observed_at
    FROM incoming_web_transaction
    GROUP BY account_id, traffic_date
)

SELECT
    reading.account_id,
    reading.traffic_date,
    COALESCE(reading.observed_at < MAX(held.observed_at), FALSE) AS is_older
FROM reading
LEFT JOIN raw.web_transaction AS held
    ON
        reading.account_id = held.account_id
        AND reading.traffic_date = held.traffic_date
GROUP BY reading.account_id, reading.traffic_date, reading.observed_at;

CREATE TEMPORARY TABLE judged_web_transaction ON COMMIT DROP AS
WITH version AS (
    SELECT
        row_number,
        ROW_NUMBER() OVER (
            PARTITION BY
                account_id, traffic_date, transaction_id
            ORDER BY observed_at DESC, row_number DESC
        ) AS newer_versions
    FROM incoming_web_transaction
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
FROM incoming_web_transaction AS incoming
INNER JOIN version ON incoming.row_number = version.row_number
INNER JOIN read_day_of_web_transaction AS read_day
    ON
        incoming.account_id = read_day.account_id
        AND incoming.traffic_date = read_day.traffic_date
LEFT JOIN raw.web_transaction AS held
    ON
        incoming.account_id = held.account_id
        AND incoming.traffic_date = held.traffic_date
        AND incoming.transaction_id = held.transaction_id;

-- The planner knows nothing of a temporary table: without, a first load of many rows is joined row by row.
ANALYZE read_day_of_web_daily;
ANALYZE read_day_of_web_item_daily;
ANALYZE read_day_of_web_transaction;
ANALYZE judged_web_daily;
ANALYZE judged_web_item_daily;
ANALYZE judged_web_transaction;
