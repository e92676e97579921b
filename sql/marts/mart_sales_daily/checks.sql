-- #fail reconciles_with_raw: each account's lines paid and claims completed that day are all here
WITH line_amounts AS (
    SELECT
        account_id,
        currency,
        CASE WHEN paid_on = :business_date THEN gross_amount ELSE 0 END AS gross_amount,
        CASE WHEN paid_on = :business_date THEN quantity ELSE 0 END AS quantity,
        CASE
            WHEN COALESCE(claim_done_on, paid_on) = :business_date THEN claim_amount ELSE 0
        END AS claim_amount
    FROM raw.v_sale_line
    WHERE paid_on = :business_date OR claim_done_on = :business_date
),

in_raw AS (
    SELECT
        account_id,
        currency,
        SUM(gross_amount) AS gross,
        SUM(claim_amount) AS claims,
        SUM(quantity) AS units
    FROM line_amounts
    GROUP BY account_id, currency
),

in_mart AS (
    SELECT
        account_id,
        currency,
        gross_amount AS gross,
        claim_amount AS claims,
        unit_count AS units
    FROM mart.mart_sales_daily
    WHERE sales_date = :business_date
)

SELECT
    COALESCE(in_raw.account_id, in_mart.account_id) AS account_id,
    in_mart.gross AS mart_gross,
    in_raw.gross AS raw_gross,
    in_mart.claims AS mart_claims,
    in_raw.claims AS raw_claims,
    in_mart.units AS mart_units,
    in_raw.units AS raw_units
FROM in_raw
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id AND in_raw.currency = in_mart.currency
WHERE
    COALESCE(in_mart.gross, 0) <> COALESCE(in_raw.gross, 0)
    OR COALESCE(in_mart.claims, 0) <> COALESCE(in_raw.claims, 0)
    OR COALESCE(in_mart.units, 0) <> COALESCE(in_raw.units, 0);

-- #fail amounts_in_order: what is left of the sales is no more than what was sold
SELECT
    account_id,
    list_amount,
    gross_amount,
    net_restated_amount,
    at_risk_amount
FROM mart.mart_sales_daily
WHERE
    sales_date = :business_date
    AND (
        net_restated_amount > gross_amount
        OR gross_amount <> list_amount - discount_amount
        OR net_event_amount <> gross_amount - claim_amount
    );

-- #warn claims_without_a_day: the channels tell when each claim was completed
SELECT
    account_id,
    COUNT(*) AS lines,
    SUM(claim_amount) AS amount
FROM raw.v_sale_line
WHERE paid_on = :business_date AND claim_done_on IS NULL AND claim_amount <> 0
GROUP BY account_id;

-- #warn paid_lines_without_a_day: what was paid and ordered that day has a day of payment
SELECT
    item.account_id,
    COUNT(*) AS lines
FROM raw.sales_order AS sale
INNER JOIN raw.order_item AS item
    ON sale.account_id = item.account_id AND sale.order_id = item.order_id
WHERE sale.ordered_on = :business_date AND item.ever_paid AND item.paid_on IS NULL
GROUP BY item.account_id;

-- #fact imported_twice: orders left out, because SmartStore brings them itself
SELECT COUNT(DISTINCT item.account_id || '/' || item.order_id) AS imported_orders_left_out
FROM raw.order_item AS item
LEFT JOIN raw.v_counted_order AS counted
    ON item.account_id = counted.account_id AND item.order_id = counted.order_id
WHERE item.paid_on = :business_date AND counted.order_id IS NULL;
