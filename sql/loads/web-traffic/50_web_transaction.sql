-- What a newer reading of a day does not have any more.
CREATE TEMPORARY TABLE gone_web_transaction ON COMMIT DROP AS
SELECT
    held.account_id,
    held.traffic_date,
    held.transaction_id
FROM raw.web_transaction AS held
INNER JOIN read_day_of_web_transaction AS read_day
    ON
        held.account_id = read_day.account_id
        AND held.traffic_date = read_day.traffic_date
WHERE
    NOT read_day.is_older
    AND NOT EXISTS (
        SELECT 1 FROM incoming_web_transaction AS incoming
        WHERE
            incoming.account_id = held.account_id
            AND incoming.traffic_date = held.traffic_date
            AND incoming.transaction_id = held.transaction_id
    );

DELETE FROM raw.web_transaction AS held
USING gone_web_transaction AS gone
WHERE
    held.account_id = gone.account_id
    AND held.traffic_date = gone.traffic_date
    AND held.transaction_id = gone.transaction_id;

INSERT INTO raw.web_transaction (
    account_id,
    traffic_date,
    transaction_id,
    purchases,
    revenue,
    is_approximate,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.traffic_date,
    incoming.transaction_id,
    incoming.purchases,
    incoming.revenue,
    incoming.is_approximate,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_web_transaction AS incoming
INNER JOIN judged_web_transaction AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.web_transaction AS held
SET
    purchases = incoming.purchases,
    revenue = incoming.revenue,
    is_approximate = incoming.is_approximate,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_web_transaction AS incoming
INNER JOIN judged_web_transaction AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_date = incoming.traffic_date
    AND held.transaction_id = incoming.transaction_id
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.web_transaction AS held
SET observed_at = incoming.observed_at
FROM incoming_web_transaction AS incoming
INNER JOIN judged_web_transaction AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_date = incoming.traffic_date
    AND held.transaction_id = incoming.transaction_id
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
