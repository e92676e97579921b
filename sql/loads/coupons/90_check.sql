-- Each row is what the load says it did and did not do; one is enough to undo it.
SELECT 'raw.coupon: coupon ' || incoming.coupon_id || ' is not what was read' AS problem
FROM incoming_coupon AS incoming
INNER JOIN judged_coupon AS judged ON incoming.row_number = judged.row_number
LEFT JOIN raw.coupon AS held
    ON incoming.account_id = held.account_id AND incoming.coupon_id = held.coupon_id
WHERE judged.outcome <> 'superseded' AND held.source_hash IS DISTINCT FROM incoming.source_hash;
