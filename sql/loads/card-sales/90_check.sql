-- Each row is what the load says it did and did not do; one is enough to undo it.
SELECT 'raw.card_sale: sale ' || incoming.sale_id || ' is not what was read' AS problem
FROM incoming_card_sale AS incoming
INNER JOIN judged_card_sale AS judged ON incoming.row_number = judged.row_number
LEFT JOIN raw.card_sale AS held
    ON incoming.account_id = held.account_id AND incoming.sale_id = held.sale_id
WHERE
    judged.outcome <> 'superseded'
    AND held.source_hash IS DISTINCT FROM incoming.source_hash
UNION ALL
SELECT 'raw.card_sale: sale ' || judged.sale_id || ' is not marked as vanished' AS problem
FROM judged_card_sale_vanished AS judged
LEFT JOIN raw.card_sale AS held
    ON judged.account_id = held.account_id AND judged.sale_id = held.sale_id
WHERE judged.outcome = 'updated' AND held.vanished_at IS DISTINCT FROM judged.observed_at;
