-- Each row is what the load says it did not do; one is enough to undo it.
WITH expected AS (
    SELECT
        incoming.account_id,
        incoming.order_id,
        incoming.source_hash
    FROM incoming_sales_order AS incoming
    INNER JOIN judged_sales_order AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
),

expected_item AS (
    SELECT
        incoming.account_id,
        incoming.item_id,
        incoming.source_hash
    FROM incoming_order_item AS incoming
    INNER JOIN judged_order_item AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
),

expected_coupon AS (
    SELECT
        incoming.account_id,
        incoming.order_id,
        incoming.item_id,
        incoming.coupon_code,
        incoming.source_hash
    FROM incoming_order_coupon AS incoming
    INNER JOIN judged_order_coupon AS judged ON incoming.row_number = judged.row_number
    WHERE judged.outcome <> 'superseded'
),

allocated AS (
    SELECT
        placed.order_id,
        placed.order_discount,
        SUM(item.allocated_discount) AS allocated_discount,
        SUM(item.line_net) AS line_net,
        placed.item_gross - placed.item_discount - placed.order_discount AS order_net
    FROM affected_order AS affected
    INNER JOIN raw.sales_order AS placed
        ON affected.account_id = placed.account_id AND affected.order_id = placed.order_id
    INNER JOIN raw.order_item AS item
        ON
            affected.account_id = item.account_id
            AND affected.order_id = item.order_id
            AND item.line_kind = 'SALE'
    GROUP BY
        placed.order_id,
        placed.order_discount,
        placed.item_gross,
        placed.item_discount
)

SELECT 'raw.sales_order: order ' || expected.order_id || ' is not what was read' AS problem
FROM expected
LEFT JOIN raw.sales_order AS held
    ON expected.account_id = held.account_id AND expected.order_id = held.order_id
WHERE held.source_hash IS DISTINCT FROM expected.source_hash
UNION ALL
SELECT 'raw.order_item: item ' || expected_item.item_id || ' is not what was read' AS problem
FROM expected_item
LEFT JOIN raw.order_item AS held
    ON expected_item.account_id = held.account_id AND expected_item.item_id = held.item_id
WHERE held.source_hash IS DISTINCT FROM expected_item.source_hash
UNION ALL
SELECT
    'raw.order_coupon: coupon of order ' || expected_coupon.order_id || ' is not what was read'
        AS problem
FROM expected_coupon
LEFT JOIN raw.order_coupon AS held
    ON
        expected_coupon.account_id = held.account_id
        AND expected_coupon.order_id = held.order_id
        AND expected_coupon.item_id = held.item_id
        AND expected_coupon.coupon_code = held.coupon_code
WHERE held.source_hash IS DISTINCT FROM expected_coupon.source_hash
UNION ALL
SELECT
    'raw.order_item: order ' || order_id || ' allocates ' || allocated_discount || ' and nets '
    || line_net || ' (expected: ' || order_discount || ' and ' || order_net || ')' AS problem
FROM allocated
WHERE allocated_discount <> order_discount OR line_net <> order_net;
