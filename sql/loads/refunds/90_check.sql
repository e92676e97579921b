-- Each row is what the load says it did and did not do; one is enough to undo it.
SELECT 'raw.refund: refund ' || incoming.refund_id || ' is not what was read' AS problem
FROM incoming_refund AS incoming
INNER JOIN judged_refund AS judged ON incoming.row_number = judged.row_number
LEFT JOIN raw.refund AS held
    ON incoming.account_id = held.account_id AND incoming.refund_id = held.refund_id
WHERE judged.outcome <> 'superseded' AND held.source_hash IS DISTINCT FROM incoming.source_hash;
