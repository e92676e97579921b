-- A first load goes into a table of its own: there is nothing to compare its rows with.
SELECT 'card_sale' AS table_name
FROM this_load
WHERE
    NOT is_reconcile
    AND TO_REGCLASS(FORMAT('raw.%I', ops.card_sale_part(account_id))) IS NULL;
