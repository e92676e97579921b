-- What a newer reading of a day does not have any more.
CREATE TEMPORARY TABLE gone_web_daily ON COMMIT DROP AS
SELECT
    held.account_id,
    held.traffic_source,
    held.traffic_date,
    held.channel_group,
    held.source_name,
    held.medium
FROM raw.web_daily AS held
INNER JOIN read_day_of_web_daily AS read_day
    ON
        held.account_id = read_day.account_id
        AND held.traffic_source = read_day.traffic_source
        AND held.traffic_date = read_day.traffic_date
WHERE
    NOT read_day.is_older
    AND NOT EXISTS (
        SELECT 1 FROM incoming_web_daily AS incoming
        WHERE
            incoming.account_id = held.account_id
            AND incoming.traffic_source = held.traffic_source
            AND incoming.traffic_date = held.traffic_date
            AND incoming.channel_group = held.channel_group
            AND incoming.source_name = held.source_name
            AND incoming.medium = held.medium
    );

DELETE FROM raw.web_daily AS held
USING gone_web_daily AS gone
WHERE
    held.account_id = gone.account_id
    AND held.traffic_source = gone.traffic_source
    AND held.traffic_date = gone.traffic_date
    AND held.channel_group = gone.channel_group
    AND held.source_name = gone.source_name
    AND held.medium = gone.medium;

INSERT INTO raw.web_daily (
    account_id,
    traffic_source,
    traffic_date,
    channel_group,
    source_name,
    medium,
    sessions,
    users,
    purchases,
    revenue,
    is_approximate,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.traffic_source,
    incoming.traffic_date,
    incoming.channel_group,
    incoming.source_name,
    incoming.medium,
    incoming.sessions,
    incoming.users,
    incoming.purchases,
    incoming.revenue,
    incoming.is_approximate,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_web_daily AS incoming
INNER JOIN judged_web_daily AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.web_daily AS held
SET
    sessions = incoming.sessions,
    users = incoming.users,
    purchases = incoming.purchases,
    revenue = incoming.revenue,
    is_approximate = incoming.is_approximate,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_web_daily AS incoming
INNER JOIN judged_web_daily AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_source = incoming.traffic_source
    AND held.traffic_date = incoming.traffic_date
    AND held.channel_group = incoming.channel_group
    AND held.source_name = incoming.source_name
    AND held.medium = incoming.medium
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.web_daily AS held
SET observed_at = incoming.observed_at
FROM incoming_web_daily AS incoming
INNER JOIN judged_web_daily AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_source = incoming.traffic_source
    AND held.traffic_date = incoming.traffic_date
    AND held.channel_group = incoming.channel_group
    AND held.source_name = incoming.source_name
    AND held.medium = incoming.medium
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
