-- The order's discount over its SALE lines by what they cost, rounded down to the currency's unit; what is left over
-- goes to the largest, so that the shares are the discount.
WITH line AS (
    SELECT
        item.account_id,
        item.item_id,
        item.order_id,
        item.line_gross - item.line_discount AS line_amount,
        item.line_kind = 'SALE' AS is_sale,
        placed.order_discount,
        CASE
            WHEN item.line_kind = 'SALE' THEN GREATEST(item.line_gross - item.line_discount, 0)
            ELSE 0
        END AS weight,
        CASE WHEN placed.currency IN ('KRW', 'JPY') THEN 0 ELSE 2 END AS decimals
    FROM affected_order AS affected
    INNER JOIN raw.sales_order AS placed
        ON affected.account_id = placed.account_id AND affected.order_id = placed.order_id
    INNER JOIN raw.order_item AS item
        ON affected.account_id = item.account_id AND affected.order_id = item.order_id
),

shared AS (
    SELECT
        account_id,
        item_id,
        order_id,
        line_amount,
        is_sale,
        order_discount,
        COALESCE(
            TRUNC(
                order_discount * weight
                / NULLIF(SUM(weight) OVER (PARTITION BY account_id, order_id), 0),
                decimals
            ),
            0
        ) AS share,
        ROW_NUMBER() OVER (
            PARTITION BY account_id, order_id
            ORDER BY is_sale DESC, line_amount DESC, item_id ASC
        ) AS place
    FROM line
),

allocated AS (
    SELECT
        account_id,
        item_id,
        line_amount,
        CASE
            WHEN NOT is_sale THEN 0
            WHEN place > 1 THEN share
            ELSE share + order_discount - SUM(share) OVER (PARTITION BY account_id, order_id)
        END AS allocated_discount
    FROM shared
)

UPDATE raw.order_item AS held
SET
    allocated_discount = allocated.allocated_discount,
    line_net = allocated.line_amount - allocated.allocated_discount,
    loaded_run_id = this_load.run_id
FROM allocated
CROSS JOIN this_load
WHERE
    held.account_id = allocated.account_id
    AND held.item_id = allocated.item_id
    AND (
        held.allocated_discount <> allocated.allocated_discount
        OR held.line_net <> allocated.line_amount - allocated.allocated_discount
    );

WITH line_sum AS (
    SELECT
        affected.account_id,
        affected.order_id,
        COALESCE(SUM(item.line_gross) FILTER (WHERE item.line_kind = 'SALE'), 0) AS item_gross,
        COALESCE(SUM(item.line_discount) FILTER (WHERE item.line_kind = 'SALE'), 0)
            AS item_discount,
        COUNT(*) FILTER (WHERE item.line_kind = 'SALE') AS item_count,
        COALESCE(BOOL_OR(known.is_claimed), FALSE) AS has_open_claim,
        MIN(known.order_rank) FILTER (WHERE item.line_kind = 'SALE') AS order_rank
    FROM affected_order AS affected
    LEFT JOIN raw.order_item AS item
        ON affected.account_id = item.account_id AND affected.order_id = item.order_id
    LEFT JOIN ops.item_status AS known ON item.item_status = known.item_status
    GROUP BY affected.account_id, affected.order_id
),

-- A line of no package is one of its own.
package AS (
    SELECT
        item.account_id,
        item.order_id,
        COALESCE(item.package_number, item.item_id) AS package_number,
        MAX(item.package_shipping_fee) AS shipping_fee
    FROM affected_order AS affected
    INNER JOIN raw.order_item AS item
        ON affected.account_id = item.account_id AND affected.order_id = item.order_id
    WHERE item.package_shipping_fee IS NOT NULL
    GROUP BY item.account_id, item.order_id, COALESCE(item.package_number, item.item_id)
),

package_sum AS (
    SELECT
        account_id,
        order_id,
        SUM(shipping_fee) AS shipping_fee
    FROM package
    GROUP BY account_id, order_id
),

summed AS (
    SELECT
        line_sum.account_id,
        line_sum.order_id,
        line_sum.item_gross,
        line_sum.item_discount,
        line_sum.item_count,
        line_sum.has_open_claim,
        package_sum.shipping_fee,
        COALESCE(least_advanced.item_status, 'UNKNOWN') AS status
    FROM line_sum
    LEFT JOIN package_sum
        ON line_sum.account_id = package_sum.account_id AND line_sum.order_id = package_sum.order_id
    LEFT JOIN ops.item_status AS least_advanced ON line_sum.order_rank = least_advanced.order_rank
)

UPDATE raw.sales_order AS held
SET
    item_gross = summed.item_gross,
    item_discount = summed.item_discount,
    item_count = summed.item_count,
    status = summed.status,
    has_open_claim = summed.has_open_claim,
    shipping_fee = COALESCE(summed.shipping_fee, held.shipping_fee),
    loaded_run_id = this_load.run_id
FROM summed
CROSS JOIN this_load
WHERE
    held.account_id = summed.account_id
    AND held.order_id = summed.order_id
    AND (
        held.item_gross <> summed.item_gross
        OR held.item_discount <> summed.item_discount
        OR held.item_count <> summed.item_count
        OR held.status <> summed.status
        OR held.has_open_claim <> summed.has_open_claim
        OR COALESCE(summed.shipping_fee, held.shipping_fee) IS DISTINCT FROM held.shipping_fee
    );
