-- What a newer reading of a day does not have any more.
CREATE TEMPORARY TABLE gone_web_item_daily ON COMMIT DROP AS
SELECT
    held.account_id,
    held.traffic_date,
    held.item_id,
    held.item_name
FROM raw.web_item_daily AS held
INNER JOIN read_day_of_web_item_daily AS read_day
    ON
        held.account_id = read_day.account_id
        AND held.traffic_date = read_day.traffic_date
WHERE
    NOT read_day.is_older
    AND NOT EXISTS (
        SELECT 1 FROM incoming_web_item_daily AS incoming
        WHERE
            incoming.account_id = held.account_id
            AND incoming.traffic_date = held.traffic_date
            AND incoming.item_id = held.item_id
            AND incoming.item_name = held.item_name
    );

DELETE FROM raw.web_item_daily AS held
USING gone_web_item_daily AS gone
WHERE
    held.account_id = gone.account_id
    AND held.traffic_date = gone.traffic_date
    AND held.item_id = gone.item_id
    AND held.item_name = gone.item_name;

INSERT INTO raw.web_item_daily (
    account_id,
    traffic_date,
    item_id,
    item_name,
    items_viewed,
    items_added_to_cart,
    items_purchased,
    item_revenue,
    is_approximate,
    source_hash,
    observed_at,
    loaded_run_id
)
SELECT
    incoming.account_id,
    incoming.traffic_date,
    incoming.item_id,
    incoming.item_name,
    incoming.items_viewed,
    incoming.items_added_to_cart,
    incoming.items_purchased,
    incoming.item_revenue,
    incoming.is_approximate,
    incoming.source_hash,
    incoming.observed_at,
    this_load.run_id AS loaded_run_id
FROM incoming_web_item_daily AS incoming
INNER JOIN judged_web_item_daily AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE judged.outcome = 'inserted';

UPDATE raw.web_item_daily AS held
SET
    items_viewed = incoming.items_viewed,
    items_added_to_cart = incoming.items_added_to_cart,
    items_purchased = incoming.items_purchased,
    item_revenue = incoming.item_revenue,
    is_approximate = incoming.is_approximate,
    source_hash = incoming.source_hash,
    observed_at = incoming.observed_at,
    loaded_run_id = this_load.run_id
FROM incoming_web_item_daily AS incoming
INNER JOIN judged_web_item_daily AS judged ON incoming.row_number = judged.row_number
CROSS JOIN this_load
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_date = incoming.traffic_date
    AND held.item_id = incoming.item_id
    AND held.item_name = incoming.item_name
    AND judged.outcome = 'updated';

-- Seen again as it was: an older version that comes late must not undo it.
UPDATE raw.web_item_daily AS held
SET observed_at = incoming.observed_at
FROM incoming_web_item_daily AS incoming
INNER JOIN judged_web_item_daily AS judged ON incoming.row_number = judged.row_number
WHERE
    held.account_id = incoming.account_id
    AND held.traffic_date = incoming.traffic_date
    AND held.item_id = incoming.item_id
    AND held.item_name = incoming.item_name
    AND judged.outcome = 'unchanged'
    AND held.observed_at < incoming.observed_at;
