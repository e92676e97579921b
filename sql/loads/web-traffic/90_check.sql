-- Each row is what the load says it did and did not do; one is enough to undo it.
SELECT
    'raw.web_daily: ' || expected.traffic_date || ' has ' || COUNT(held.account_id)
    || ' rows (expected: ' || expected.row_count || ')' AS problem
FROM (
    SELECT
        incoming.account_id,
        incoming.traffic_source,
        incoming.traffic_date,
        COUNT(*) AS row_count
    FROM incoming_web_daily AS incoming
    INNER JOIN judged_web_daily AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
    GROUP BY incoming.account_id, incoming.traffic_source, incoming.traffic_date
) AS expected
LEFT JOIN raw.web_daily AS held
    ON
        expected.account_id = held.account_id
        AND expected.traffic_source = held.traffic_source
        AND expected.traffic_date = held.traffic_date
GROUP BY expected.account_id, expected.traffic_source, expected.traffic_date, expected.row_count
HAVING COUNT(held.account_id) <> expected.row_count
UNION ALL
SELECT
    'raw.web_item_daily: ' || expected.traffic_date || ' has ' || COUNT(held.account_id)
    || ' rows (expected: ' || expected.row_count || ')' AS problem
FROM (
    SELECT
        incoming.account_id,
        incoming.traffic_date,
        COUNT(*) AS row_count
    FROM incoming_web_item_daily AS incoming
    INNER JOIN judged_web_item_daily AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
    GROUP BY incoming.account_id, incoming.traffic_date
) AS expected
LEFT JOIN raw.web_item_daily AS held
    ON
        expected.account_id = held.account_id
        AND expected.traffic_date = held.traffic_date
GROUP BY expected.account_id, expected.traffic_date, expected.row_count
HAVING COUNT(held.account_id) <> expected.row_count
UNION ALL
SELECT
    'raw.web_transaction: ' || expected.traffic_date || ' has ' || COUNT(held.account_id)
    || ' rows (expected: ' || expected.row_count || ')' AS problem
FROM (
    SELECT
        incoming.account_id,
        incoming.traffic_date,
        COUNT(*) AS row_count
    FROM incoming_web_transaction AS incoming
    INNER JOIN judged_web_transaction AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
    GROUP BY incoming.account_id, incoming.traffic_date
) AS expected
LEFT JOIN raw.web_transaction AS held
    ON
        expected.account_id = held.account_id
        AND expected.traffic_date = held.traffic_date
GROUP BY expected.account_id, expected.traffic_date, expected.row_count
HAVING COUNT(held.account_id) <> expected.row_count;
