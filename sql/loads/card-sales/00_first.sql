-- A first load goes straight into the table: there is nothing to compare its rows with.
SELECT 'card_sale' AS table_name
FROM this_load
WHERE
    NOT this_load.is_reconcile
    AND NOT EXISTS (
        SELECT 1 FROM raw.card_sale AS held
        WHERE held.account_id = this_load.account_id
    );
