-- #fail reconciles_with_raw: over products, each account's sales, claims and units are all here
WITH in_raw AS (
    SELECT
        account_id,
        SUM(gross_amount) FILTER (WHERE paid_on = :business_date) AS gross,
        SUM(quantity) FILTER (WHERE paid_on = :business_date) AS units,
        SUM(claim_amount) FILTER (
            WHERE COALESCE(claim_done_on, paid_on) = :business_date
        ) AS claims
    FROM raw.v_sale_line
    WHERE paid_on = :business_date OR claim_done_on = :business_date
    GROUP BY account_id
),

in_mart AS (
    SELECT
        account_id,
        SUM(gross_amount) AS gross,
        SUM(unit_count) AS units,
        SUM(claim_amount) AS claims
    FROM mart.mart_product_sales_daily
    WHERE sales_date = :business_date
    GROUP BY account_id
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
FULL JOIN in_mart ON in_raw.account_id = in_mart.account_id
WHERE
    COALESCE(in_mart.gross, 0) <> COALESCE(in_raw.gross, 0)
    OR COALESCE(in_mart.claims, 0) <> COALESCE(in_raw.claims, 0)
    OR COALESCE(in_mart.units, 0) <> COALESCE(in_raw.units, 0);

-- #warn lines_without_a_product: every line that was sold names its product's number
SELECT
    account_id,
    SUM(unit_count) AS units,
    SUM(gross_amount) AS gross_amount
FROM mart.mart_product_sales_daily
WHERE
    sales_date = :business_date
    AND product_id = '(unknown)'
    -- A file and the Ably admin tell names only.
    AND channel_code IN ('CAFE24', 'NAVER')
GROUP BY account_id;
