-- A reading by order date finds what was missed: each day on which it is not what is held, before it is merged. Orders
-- that were placed after the daily windows' end are not missed yet.
INSERT INTO ops.reconcile_difference (
    run_id,
    business_date,
    currency,
    account_id,
    load_date,
    stored_orders,
    read_orders,
    unknown_orders,
    unread_orders,
    stored_items,
    read_items,
    stored_gross,
    read_gross,
    stored_discount,
    read_discount
)
WITH reading AS (
    SELECT
        this_load.run_id,
        this_load.account_id,
        this_load.load_date,
        this_load.window_from,
        -- Without a watermark nothing is loaded, and all of it is missed.
        LEAST(this_load.window_to, loaded.position) AS window_to
    FROM this_load
    LEFT JOIN ops.watermark AS loaded
        ON this_load.dataset = loaded.dataset AND this_load.account_id = loaded.slice
    WHERE this_load.is_reconcile
),

newest_order AS (
    SELECT DISTINCT ON (order_id)
        order_id,
        ordered_at,
        ordered_on,
        currency,
        order_discount
    FROM incoming_sales_order
    ORDER BY order_id ASC, observed_at DESC, row_number DESC
),

newest_item AS (
    SELECT DISTINCT ON (item_id)
        order_id,
        line_kind,
        line_gross,
        line_discount
    FROM incoming_order_item
    ORDER BY item_id ASC, observed_at DESC, row_number DESC
),

read_item_sum AS (
    SELECT
        order_id,
        COUNT(*) AS items,
        SUM(line_gross) AS gross,
        SUM(line_discount) AS discount
    FROM newest_item
    WHERE line_kind = 'SALE'
    GROUP BY order_id
),

read_order AS (
    SELECT
        placed.order_id,
        placed.ordered_on,
        placed.currency,
        COALESCE(line.items, 0) AS items,
        COALESCE(line.gross, 0) AS gross,
        COALESCE(line.discount, 0) + placed.order_discount AS discount
    FROM newest_order AS placed
    INNER JOIN reading
        ON placed.ordered_at >= reading.window_from AND placed.ordered_at < reading.window_to
    LEFT JOIN read_item_sum AS line ON placed.order_id = line.order_id
),

stored_order AS (
    SELECT
        placed.order_id,
        placed.ordered_on,
        placed.currency,
        placed.item_count AS items,
        placed.item_gross AS gross,
        placed.item_discount + placed.order_discount AS discount
    FROM raw.sales_order AS placed
    INNER JOIN reading
        ON
            placed.account_id = reading.account_id
            AND placed.ordered_at >= reading.window_from
            AND placed.ordered_at < reading.window_to
),

read_day AS (
    SELECT
        found.ordered_on,
        found.currency,
        COUNT(*) AS orders,
        COUNT(*) FILTER (WHERE stored.order_id IS NULL) AS unknown_orders,
        SUM(found.items) AS items,
        SUM(found.gross) AS gross,
        SUM(found.discount) AS discount
    FROM read_order AS found
    LEFT JOIN stored_order AS stored ON found.order_id = stored.order_id
    GROUP BY found.ordered_on, found.currency
),

stored_day AS (
    SELECT
        stored.ordered_on,
        stored.currency,
        COUNT(*) AS orders,
        COUNT(*) FILTER (WHERE found.order_id IS NULL) AS unread_orders,
        SUM(stored.items) AS items,
        SUM(stored.gross) AS gross,
        SUM(stored.discount) AS discount
    FROM stored_order AS stored
    LEFT JOIN read_order AS found ON stored.order_id = found.order_id
    GROUP BY stored.ordered_on, stored.currency
),

compared AS (
    SELECT
        COALESCE(stored_day.ordered_on, read_day.ordered_on) AS business_date,
        COALESCE(stored_day.currency, read_day.currency) AS currency,
        COALESCE(stored_day.orders, 0) AS stored_orders,
        COALESCE(read_day.orders, 0) AS read_orders,
        COALESCE(read_day.unknown_orders, 0) AS unknown_orders,
        COALESCE(stored_day.unread_orders, 0) AS unread_orders,
        COALESCE(stored_day.items, 0) AS stored_items,
        COALESCE(read_day.items, 0) AS read_items,
        COALESCE(stored_day.gross, 0) AS stored_gross,
        COALESCE(read_day.gross, 0) AS read_gross,
        COALESCE(stored_day.discount, 0) AS stored_discount,
        COALESCE(read_day.discount, 0) AS read_discount
    FROM stored_day
    FULL JOIN read_day
        ON stored_day.ordered_on = read_day.ordered_on AND stored_day.currency = read_day.currency
)

SELECT
    reading.run_id,
    compared.business_date,
    compared.currency,
    reading.account_id,
    reading.load_date,
    compared.stored_orders,
    compared.read_orders,
    compared.unknown_orders,
    compared.unread_orders,
    compared.stored_items,
    compared.read_items,
    compared.stored_gross,
    compared.read_gross,
    compared.stored_discount,
    compared.read_discount
FROM compared
CROSS JOIN reading
WHERE
    compared.unknown_orders > 0
    OR compared.unread_orders > 0
    OR compared.stored_orders <> compared.read_orders
    OR compared.stored_items <> compared.read_items
    OR compared.stored_gross <> compared.read_gross
    OR compared.stored_discount <> compared.read_discount;
