-- Marked, never deleted.
UPDATE raw.card_sale AS held
SET
    vanished_at = judged.observed_at,
    loaded_run_id = this_load.run_id
FROM judged_card_sale_vanished AS judged
CROSS JOIN this_load
WHERE
    held.account_id = judged.account_id
    AND held.sale_id = judged.sale_id
    AND judged.outcome = 'updated';
