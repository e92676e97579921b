-- Each row is what the load says it did and did not do; one is enough to undo it.
SELECT 'raw.product: product ' || incoming.product_id || ' is not what was read' AS problem
FROM incoming_product AS incoming
INNER JOIN judged_product AS judged ON incoming.row_number = judged.row_number
LEFT JOIN raw.product AS held
    ON incoming.account_id = held.account_id AND incoming.product_id = held.product_id
WHERE judged.outcome <> 'superseded' AND held.source_hash IS DISTINCT FROM incoming.source_hash
UNION ALL
SELECT 'raw.category: category ' || incoming.category_id || ' is not what was read' AS problem
FROM incoming_category AS incoming
INNER JOIN judged_category AS judged ON incoming.row_number = judged.row_number
LEFT JOIN raw.category AS held
    ON incoming.account_id = held.account_id AND incoming.category_id = held.category_id
WHERE judged.outcome <> 'superseded' AND held.source_hash IS DISTINCT FROM incoming.source_hash;
