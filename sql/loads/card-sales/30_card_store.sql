-- Every store a sale came from; where the source has names of them, with its name.
INSERT INTO raw.card_store AS held (account_id, store_id, name, first_seen_at)
WITH sold AS (
    SELECT
        account_id,
        store_id,
        MIN(observed_at) AS first_seen_at
    FROM incoming_card_sale
    GROUP BY account_id, store_id
    UNION ALL
    SELECT
        this_load.account_id,
        first_sale.store_id,
        MIN(first_sale.first_seen_at) AS first_seen_at
    FROM first_card_sale AS first_sale
    CROSS JOIN this_load
    GROUP BY this_load.account_id, first_sale.store_id
),

named AS (
    SELECT
        incoming.account_id,
        incoming.store_id,
        incoming.name
    FROM incoming_card_store AS incoming
    INNER JOIN judged_card_store AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
)

SELECT
    sold.account_id,
    sold.store_id,
    named.name,
    sold.first_seen_at
FROM sold
LEFT JOIN named ON sold.account_id = named.account_id AND sold.store_id = named.store_id
ON CONFLICT (account_id, store_id) DO UPDATE
    SET
        name = COALESCE(excluded.name, held.name),
        first_seen_at = LEAST(held.first_seen_at, excluded.first_seen_at)
    WHERE
    COALESCE(excluded.name, held.name) IS DISTINCT FROM held.name
    OR excluded.first_seen_at < held.first_seen_at;
