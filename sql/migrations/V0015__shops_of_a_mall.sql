-- Why: a mall can have several shops, each with orders, names and prices of its own. Which of them
-- are read is the account's setting; analysts need to know which of them sold.
ALTER TABLE ops.account ADD COLUMN shops INTEGER[] NOT NULL DEFAULT ARRAY[1]
CHECK (CARDINALITY(shops) BETWEEN 1 AND 10 AND 1 <= ALL(shops) AND 99 >= ALL(shops));
COMMENT ON COLUMN ops.account.shops IS
'Cafe24: the numbers of the mall''s shops that are read; {1} for all other accounts.';

ALTER TABLE raw.sales_order ADD COLUMN shop_no INTEGER GENERATED ALWAYS AS (
    CASE
        WHEN channel_code = 'CAFE24'
            THEN COALESCE(SUBSTRING(sub_channel FROM '^shop([0-9]{1,2})\.')::INTEGER, 1)
    END
) STORED;
COMMENT ON COLUMN raw.sales_order.shop_no IS
'Which of a mall''s shops sold it, from sub_channel; NULL elsewhere than in Cafe24.';
COMMENT ON COLUMN raw.sales_order.sub_channel IS
'Where on the platform it was placed, such as an app or a price comparison; shop2.mobile in the second shop of a mall. NULL where it does not say.';
COMMENT ON COLUMN raw.order_item.product_id IS
'The platforms; 2:21 for product 21 in the second shop of a mall. NULL where it is not told.';
COMMENT ON COLUMN raw.product.product_id IS
'The platforms; 2:21 for product 21 in the second shop of a mall, which has names and prices of its own.';
COMMENT ON COLUMN raw.category.category_id IS
'The platforms; 2:24 for category 24 in the second shop of a mall, which has names of its own.';

CREATE VIEW mart.v_mall_shop_daily AS
SELECT
    line.paid_on AS sales_date,
    line.tenant_id,
    line.account_id,
    sale.shop_no,
    line.currency,
    COUNT(DISTINCT line.order_id) AS order_count,
    SUM(line.quantity) AS unit_count,
    SUM(line.gross_amount) AS gross_amount,
    SUM(line.net_restated_amount) AS net_restated_amount
FROM raw.v_sale_line AS line
INNER JOIN raw.sales_order AS sale
    ON line.account_id = sale.account_id AND line.order_id = sale.order_id
WHERE sale.shop_no IS NOT NULL
GROUP BY line.paid_on, line.tenant_id, line.account_id, sale.shop_no, line.currency;
COMMENT ON VIEW mart.v_mall_shop_daily IS
'One row per business date, own mall, shop of the mall and currency: its sales of the day by what is known now.';
COMMENT ON COLUMN mart.v_mall_shop_daily.sales_date IS
'Business date: a calendar day in Asia/Seoul; of payment.';
COMMENT ON COLUMN mart.v_mall_shop_daily.tenant_id IS
'The shop; every query of a shop''s figures asks for one.';
COMMENT ON COLUMN mart.v_mall_shop_daily.account_id IS
'The mall''s account.';
COMMENT ON COLUMN mart.v_mall_shop_daily.shop_no IS
'Which of the mall''s shops; 1 in a mall of one.';
COMMENT ON COLUMN mart.v_mall_shop_daily.currency IS
'Of every amount of the row; amounts of two currencies are never added.';
COMMENT ON COLUMN mart.v_mall_shop_daily.order_count IS
'Orders with a line first paid that day.';
COMMENT ON COLUMN mart.v_mall_shop_daily.unit_count IS
'Pieces in these lines, also those that were canceled or returned since.';
COMMENT ON COLUMN mart.v_mall_shop_daily.gross_amount IS
'These lines after discounts.';
COMMENT ON COLUMN mart.v_mall_shop_daily.net_restated_amount IS
'What of gross_amount is neither canceled nor returned by now.';

SELECT ops.grant_to('SELECT ON mart.v_mall_shop_daily', role_name)
FROM UNNEST(ARRAY['jangbu_mart', 'jangbu_analyst']) AS role_name;
